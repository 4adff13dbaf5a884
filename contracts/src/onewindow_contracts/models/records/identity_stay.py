# Generated from contracts/records/identity/stay.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, DivisionCode, Line
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


class Stay(Contract):
    """
    A stay that is registered here by a person whose permanent registration is elsewhere.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    division: Annotated[
        DivisionCode, Field(description="District or county (GB/T 2260) of the stay.")
    ]
    neighbourhood: Annotated[
        Neighbourhood | None,
        Field(
            description="Street or community (statistical code of 9 or 12 digits), null where not entered."
        ),
    ]
    address: Annotated[Line, Field(description="Address below the division.")]
    state: Annotated[
        Literal["open", "ended"],
        Field(description="A person has at most one open stay."),
    ]
    since: Annotated[
        Day, Field(description="Day from which the person lives at this address.")
    ]
    counted_from: Annotated[
        Day,
        Field(
            description="Day from which the stay in this city counts without a break; an earlier address before this one counts on."
        ),
    ]
    exit: Annotated[
        Literal["moved", "left", "registered", "death"] | None,
        Field(description="Why the stay ended, null while open."),
    ]
    ended_on: Annotated[Day | None, Field(description="Day of exit, null while open.")]
