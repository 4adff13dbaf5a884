# Generated from contracts/records/transport/parking-permit.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Paragraph, Urn
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

ZoneCode = TypeAliasType(
    "ZoneCode",
    Annotated[
        str,
        Field(
            description="A parking zone; the code list says in which division it lies.",
            max_length=12,
            min_length=2,
            pattern="^[A-Z]{2}[0-9A-Z-]{0,10}$",
        ),
    ],
)


PermitPlateNumber = TypeAliasType(
    "PermitPlateNumber",
    Annotated[
        str,
        Field(
            description="The number of the vehicle's plate when the permit was last written.",
            max_length=8,
            min_length=7,
            pattern="^[一-龥][A-HJ-NP-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学]$",
        ),
    ],
)


PermitState = TypeAliasType(
    "PermitState",
    Annotated[
        Literal["applied", "granted", "refused", "withdrawn", "ended"],
        Field(
            description="A granted permit past its last day has expired without a further version."
        ),
    ],
)


class PermitDecision(Contract):
    """
    Why the newest decision was taken and what can be done against it; authority and legal basis stand in the envelope.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph,
        Field(description="Where and until when the decision can be contested."),
    ]


class ParkingPermit(Contract):
    """
    A residential parking permit from its application on. The holder is the envelope's subject (role holder).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    zone: ZoneCode
    vehicle: Annotated[
        Urn, Field(description="The vehicle's record; the applicant owns it.")
    ]
    plate_number: PermitPlateNumber
    state: PermitState
    applied_on: Annotated[Day, Field(description="The day of the application.")]
    decide_by: Annotated[
        Day | None,
        Field(
            description="Last day for the office to decide, counted in working days; null for what is granted at once."
        ),
    ] = None
    valid_from: Annotated[
        Day | None, Field(description="First day; null before a grant.")
    ]
    valid_until: Annotated[
        Day | None, Field(description="Last day; null before a grant.")
    ]
    decision: Annotated[
        PermitDecision | None,
        Field(description="The office's decision; null while it has taken none."),
    ]
