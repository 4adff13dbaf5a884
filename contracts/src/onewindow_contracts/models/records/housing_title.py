# Generated from contracts/records/housing/title.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import CodeValue, Contract, Day, Fen, Line
from pydantic import ConfigDict, Field, StrictBool
from typing_extensions import TypeAliasType

UnitCode = TypeAliasType(
    "UnitCode",
    Annotated[
        str,
        Field(
            description="GB/T 37346, 28 characters: division 6, cadastral zone 3, sub-zone 3, parcel kind 2, parcel 5, fixture kind 1, fixture 8.",
            max_length=28,
            min_length=28,
            pattern="^[1-9][0-9]{11}[GJZ][A-Z][0-9]{5}[FLQW][0-9]{8}$",
        ),
    ],
)


Area = TypeAliasType(
    "Area",
    Annotated[
        str,
        Field(
            description="Square metres with two decimals, as text so that it stays exact.",
            max_length=11,
            pattern="^(0|[1-9][0-9]{0,7})[.][0-9]{2}$",
        ),
    ],
)


Ownership = TypeAliasType(
    "Ownership",
    Annotated[
        Literal["sole", "joint", "by-shares"],
        Field(
            description="Sole, joint (no fractions) or by shares that sum to exactly one (Civil Code 297 to 299)."
        ),
    ],
)


Cause = TypeAliasType(
    "Cause",
    Annotated[
        Literal[
            "purchase",
            "gift",
            "exchange",
            "construction",
            "allocation",
            "inheritance",
            "judgment",
            "agreement",
            "demolition",
            "expropriation",
            "abandonment",
            "escheat",
        ],
        Field(description="Why the latest entry of a right was made."),
    ],
)


class Title(Contract):
    """
    The title to one real-estate unit as the register holds it. Its owners are the envelope's subjects (role owner; part: the owner's share, null in joint ownership).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    unit_code: UnitCode
    address: Annotated[Line, Field(description="Where the unit lies.")]
    area_m2: Area
    use: Annotated[CodeValue, Field(description="What the building is for.")]
    ownership: Ownership
    certificate_number: Annotated[
        Line,
        Field(description="The number of the certificate of registration in force."),
    ]
    entry: Annotated[
        Literal["first", "variation", "transfer", "correction", "cancellation"],
        Field(description="The type of the latest entry in the register."),
    ]
    cause: Cause
    registered_on: Annotated[
        Day, Field(description="The day on which the owners' right was last entered.")
    ]
    price_fen: Annotated[
        Fen | None,
        Field(
            description="The price declared at the latest transfer; null when none was declared."
        ),
    ]
    disposable: Annotated[
        StrictBool,
        Field(
            description="False while an owner is dead and the heirs are not yet registered."
        ),
    ]
