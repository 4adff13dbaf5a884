# Generated from contracts/records/identity/household.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, DivisionCode, Line
from pydantic import ConfigDict, Field, StrictInt
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


Members = TypeAliasType(
    "Members",
    Annotated[
        StrictInt,
        Field(
            description="How many are in it, null for a collective register.",
            ge=0,
            le=1000,
        ),
    ],
)


class Household(Contract):
    """
    A household register: the place and its circle. Members see the register; each member’s place in it is a record of its own.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[
        Literal["family", "collective"],
        Field(
            description="Of a family, or collective (集体户: a school, a firm, a community)."
        ),
    ]
    division: Annotated[
        DivisionCode, Field(description="District or county (GB/T 2260).")
    ]
    neighbourhood: Annotated[
        Neighbourhood | None,
        Field(
            description="Street or community (statistical code of 9 or 12 digits), null where not entered."
        ),
    ]
    address: Annotated[Line, Field(description="Address below the division.")]
    state: Annotated[
        Literal["open", "closed"],
        Field(description="A family register closes when nobody is left in it."),
    ]
    members: Annotated[
        Members | None,
        Field(description="How many are in it, null for a collective register."),
    ]
    opened_on: Annotated[Day, Field(description="Day of opening.")]
    closed_on: Annotated[
        Day | None, Field(description="Day of closing, null while open.")
    ]
