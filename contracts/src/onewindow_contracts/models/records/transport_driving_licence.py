# Generated from contracts/records/transport/driving-licence.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Paragraph
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

FileNumber = TypeAliasType(
    "FileNumber",
    Annotated[
        str,
        Field(
            description="The office's file number, 12 digits.",
            max_length=12,
            min_length=12,
            pattern="^[0-9]{12}$",
        ),
    ],
)


LicenceClass = TypeAliasType(
    "LicenceClass",
    Annotated[
        Literal[
            "A1",
            "A2",
            "A3",
            "B1",
            "B2",
            "C1",
            "C2",
            "C3",
            "C4",
            "C5",
            "C6",
            "D",
            "E",
            "F",
            "M",
            "N",
            "P",
        ],
        Field(description="A class of vehicles (机动车驾驶证申领和使用规定, annex 1)."),
    ],
)


LicenceState = TypeAliasType(
    "LicenceState",
    Annotated[
        Literal[
            "valid",
            "retained",
            "suspended",
            "use-stopped",
            "revoked",
            "annulled",
            "cancelled",
        ],
        Field(
            description="The licence's state in law; an expired licence stays `valid` until it is renewed or cancelled."
        ),
    ],
)


LicenceTerm = TypeAliasType(
    "LicenceTerm",
    Annotated[
        Literal["first", "second", "unlimited"],
        Field(
            description="Six years first, then ten, then without limit while twelve points are never reached in a cycle."
        ),
    ],
)


CancellationReason = TypeAliasType(
    "CancellationReason",
    Annotated[
        Literal[
            "own-request",
            "death",
            "incapacity",
            "health",
            "late-renewal",
            "probation-points",
            "duplicate",
        ],
        Field(
            description="Late renewal leaves a way back by examination; twelve points in probation none."
        ),
    ],
)


class LicenceDecision(Contract):
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


class DrivingLicence(Contract):
    """
    A driving licence under its file number. The number printed on the card is the citizen's own and is not kept here. The holder is the envelope's subject (role holder).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    file_number: FileNumber
    classes: Annotated[
        list[LicenceClass],
        Field(
            description="What the holder may drive, in the norm's order.",
            max_length=17,
            min_length=1,
        ),
    ]
    state: LicenceState
    term: LicenceTerm
    first_issued_on: Annotated[Day, Field(description="The day of the first licence.")]
    valid_from: Annotated[Day, Field(description="First day of the present term.")]
    valid_until: Annotated[
        Day | None,
        Field(description="Last day of the present term; null without limit."),
    ]
    state_since: Annotated[
        Day, Field(description="The day on which the present state began.")
    ]
    state_until: Annotated[
        Day | None,
        Field(
            description="Last day of a suspension, of the bar after revocation or annulment (null: for life), or of the time in which a cancelled licence can be restored."
        ),
    ]
    cancellation_reason: Annotated[
        CancellationReason | None, Field(description="Null unless cancelled.")
    ]
    decision: Annotated[
        LicenceDecision | None,
        Field(
            description="The newest decision on the state; null while none was taken."
        ),
    ]
