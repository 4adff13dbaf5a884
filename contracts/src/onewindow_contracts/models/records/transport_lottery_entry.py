# Generated from contracts/records/transport/lottery-entry.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import CodeValue, Contract, Day, Paragraph, Urn
from pydantic import ConfigDict, Field, StrictInt
from typing_extensions import TypeAliasType

Weight = TypeAliasType(
    "Weight",
    Annotated[
        StrictInt,
        Field(
            description="Tickets in the draw by rounds without luck; null before the freeze.",
            ge=1,
            le=1000,
        ),
    ],
)


FailedRounds = TypeAliasType(
    "FailedRounds",
    Annotated[
        StrictInt,
        Field(description="Counted at the freeze; null before.", ge=0, le=1000),
    ],
)


EntryHash = TypeAliasType(
    "EntryHash",
    Annotated[
        str,
        Field(
            description="SHA-256 in lower-case hexadecimal.",
            max_length=64,
            min_length=64,
            pattern="^[0-9a-f]{64}$",
        ),
    ],
)


LotteryEntryState = TypeAliasType(
    "LotteryEntryState",
    Annotated[
        Literal[
            "entered",
            "withdrawn",
            "excluded",
            "listed",
            "lost",
            "won",
            "awarded",
            "not-awarded",
        ],
        Field(description="How far the entry is."),
    ],
)


class EntryDecision(Contract):
    """
    Which condition was not met and what can be done against it; authority and legal basis stand in the envelope.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    ground: CodeValue
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph, Field(description="Where and until when it can be contested.")
    ]


class LotteryEntry(Contract):
    """
    A person's entry in one pool. The applicant is the envelope's subject; with code and opening they prove later that they were listed.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    lottery: Urn
    state: LotteryEntryState
    entered_on: Annotated[Day, Field(description="The day of the application.")]
    code: Annotated[
        EntryHash,
        Field(
            description="SHA-256 of the lines lottery, entry, opening: the only thing of the entry that is published."
        ),
    ]
    opening: Annotated[
        EntryHash,
        Field(
            description="Random; with it the applicant shows that the code is theirs."
        ),
    ]
    weight: Annotated[
        Weight | None,
        Field(
            description="Tickets in the draw by rounds without luck; null before the freeze."
        ),
    ]
    failed_rounds: Annotated[
        FailedRounds | None, Field(description="Counted at the freeze; null before.")
    ]
    decision: Annotated[
        EntryDecision | None,
        Field(
            description="Why the entry was not listed or got no quota; null otherwise."
        ),
    ]
