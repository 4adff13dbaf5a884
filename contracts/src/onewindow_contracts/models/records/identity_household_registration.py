# Generated from contracts/records/identity/household-registration.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import CodeValue, Contract, Day, DivisionCode, Line, Urn
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

Neighbourhood = TypeAliasType(
    "Neighbourhood",
    Annotated[
        str,
        Field(
            description="Street or community (statistical code of 9 or 12 digits), null where not entered.",
            pattern="^[0-9]{9,12}$",
        ),
    ],
)


class HouseholdRegistration(Contract):
    """
    A person’s permanent registration: the place of one person in one household register.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    household: Annotated[Urn, Field(description="The household register.")]
    division: Annotated[
        DivisionCode,
        Field(description="District or county (GB/T 2260) of the register."),
    ]
    neighbourhood: Annotated[
        Neighbourhood | None,
        Field(
            description="Street or community (statistical code of 9 or 12 digits), null where not entered."
        ),
    ]
    address: Annotated[Line, Field(description="Address below the division.")]
    relationship: Annotated[
        CodeValue | None,
        Field(
            description="To the head (GB/T 4761; 02 is the head), null while it has to be stated anew. Kinship is never inferred from it."
        ),
    ]
    state: Annotated[
        Literal["open", "ended"],
        Field(description="A person has at most one open registration."),
    ]
    entry: Annotated[
        Literal["birth", "late-registration", "move", "return", "opening", "import"],
        Field(description="How the person entered."),
    ]
    registered_on: Annotated[Day, Field(description="Day of entry.")]
    exit: Annotated[
        Literal["moved", "death", "serving", "settled-abroad", "unregistered", "merged"]
        | None,
        Field(description="Why the registration ended, null while open."),
    ]
    ended_on: Annotated[Day | None, Field(description="Day of exit, null while open.")]
