# Generated from contracts/records/transport/lottery-draw.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Instant, Line
from pydantic import ConfigDict, Field, StrictInt
from typing_extensions import TypeAliasType

Size = TypeAliasType(
    "Size",
    Annotated[
        StrictInt,
        Field(
            description="How many entries are frozen; null before the freeze.",
            ge=0,
            le=1000000,
        ),
    ],
)


Awarded = TypeAliasType(
    "Awarded",
    Annotated[
        StrictInt,
        Field(
            description="How many winners met the conditions again at the award; null before it.",
            ge=0,
            le=10000,
        ),
    ],
)


LotteryHash = TypeAliasType(
    "LotteryHash",
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


LotteryPeriod = TypeAliasType(
    "LotteryPeriod",
    Annotated[
        str,
        Field(
            description="A year and a part of it, e.g. 2026-11 or 2026-Q4.",
            max_length=10,
            min_length=6,
            pattern="^[0-9]{4}-[0-9A-Z-]{1,5}$",
        ),
    ],
)


LotteryState = TypeAliasType(
    "LotteryState",
    Annotated[
        Literal["open", "frozen", "drawn", "awarded"],
        Field(description="How far the pool is."),
    ],
)


LotteryPartyName = TypeAliasType(
    "LotteryPartyName",
    Annotated[
        str,
        Field(
            description="Short name of a party.",
            max_length=40,
            min_length=2,
            pattern="^[a-z][a-z0-9-]{1,39}$",
        ),
    ],
)


LotterySignature = TypeAliasType(
    "LotterySignature",
    Annotated[
        str,
        Field(
            description="An Ed25519 signature in hexadecimal.",
            max_length=128,
            min_length=128,
            pattern="^[0-9a-f]{128}$",
        ),
    ],
)


class LotteryPublicValue(Contract):
    """
    A number that the whole city will know at a named moment after the freeze.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    source: Annotated[Line, Field(description="Who publishes it.")]
    reference: Annotated[
        Line,
        Field(
            description="Which of the source's values, e.g. a day's closing or a round."
        ),
    ]
    due_at: Annotated[Instant, Field(description="Before this moment nobody knows it.")]
    value: Annotated[Line | None, Field(description="Null before the draw.")]


class LotteryParty(Contract):
    """
    One of those whose secret goes into the seed.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    party: Annotated[
        LotteryPartyName, Field(description="Its short name in this pool.")
    ]
    title: Line
    public_key: Annotated[
        LotteryHash, Field(description="Ed25519, 32 bytes in hexadecimal.")
    ]
    commitment: Annotated[
        LotteryHash | None,
        Field(
            description="SHA-256 of the lines lottery, party, secret; null until it is handed in."
        ),
    ]
    signature: Annotated[
        LotterySignature | None,
        Field(
            description="Of the lines lottery, party, commitment under the public key."
        ),
    ]
    secret: Annotated[
        LotteryHash | None,
        Field(
            description="32 bytes in hexadecimal; null until revealed. Never revealed: the commitment stands in its place."
        ),
    ]


class LotteryDraw(Contract):
    """
    A pool of the plate lottery from its opening to its awards: all that anybody needs to recompute the draw beside the published list of entries. It is about nobody: entries stand under codes.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    period: LotteryPeriod
    state: LotteryState
    quota: Annotated[
        StrictInt, Field(description="How many plates are drawn for.", ge=1, le=10000)
    ]
    opened_on: Annotated[
        Day, Field(description="The day whose rules the pool is judged by.")
    ]
    freeze_on: Annotated[
        Day,
        Field(
            description="Entries are taken until the freeze, which does not come before this day."
        ),
    ]
    parties: Annotated[
        list[LotteryParty],
        Field(
            description="Whose secrets the seed is made of, in order of their names.",
            max_length=20,
            min_length=1,
        ),
    ]
    public_value: Annotated[
        LotteryPublicValue | None,
        Field(
            description="Named at the freeze, known only later; null before the freeze."
        ),
    ]
    size: Annotated[
        Size | None,
        Field(description="How many entries are frozen; null before the freeze."),
    ]
    root: Annotated[
        LotteryHash | None,
        Field(
            description="RFC 6962 over the sorted lines `<code> <weight>`; null before the freeze."
        ),
    ]
    frozen_at: Annotated[
        Instant | None, Field(description="When the root was published; null before.")
    ]
    seed: Annotated[LotteryHash | None, Field(description="Null before the draw.")]
    drawn_at: Annotated[Instant | None, Field(description="Null before the draw.")]
    winners: Annotated[
        list[LotteryHash],
        Field(
            description="Codes in the order in which they were drawn; empty before the draw.",
            max_length=10000,
            min_length=0,
        ),
    ]
    awarded: Annotated[
        Awarded | None,
        Field(
            description="How many winners met the conditions again at the award; null before it."
        ),
    ]
