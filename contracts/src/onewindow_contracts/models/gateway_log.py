# Generated from contracts/openapi/gateway/log.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    Contract,
    CursorText,
    Day,
    Instant,
    Label,
    LegalBasis,
    Line,
)
from onewindow_contracts.models.gateway import RecordType
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from typing_extensions import TypeAliasType

LookKind = TypeAliasType(
    "LookKind",
    Annotated[
        Literal["own", "look", "register", "service"],
        Field(
            description="One's own look; an agency's for a purpose; an office's at its register; a service's."
        ),
    ],
)


class Named(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: Line
    title: Label | None


class SeenField(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: Line
    title: Label


class SeenRecord(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: RecordType
    title: Label
    whole: Annotated[
        StrictBool, Field(description="Everything that the contract shows.")
    ]
    fields: Annotated[list[SeenField], Field(max_length=10000)]


class WithheldField(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    field: Line
    reason: Line


class PlainWords(Contract):
    """
    The entry in one sentence, or a few.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    zh: Annotated[str, Field(max_length=8000, pattern="^[^\\x00-\\x1F\\x7F-\\x9F]+$")]
    en: Annotated[str, Field(max_length=8000, pattern="^[^\\x00-\\x1F\\x7F-\\x9F]+$")]


class MonthCount(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    month: Annotated[str, Field(max_length=7, pattern="^[0-9]{4}-[0-9]{2}$")]
    count: Annotated[StrictInt, Field(ge=1, le=2147483647)]


Months = TypeAliasType(
    "Months",
    Annotated[
        list[MonthCount],
        Field(
            description="How many entries match, by month of the office's calendar; null on all pages but the first.",
            max_length=10000,
        ),
    ],
)


Base64 = TypeAliasType(
    "Base64",
    Annotated[str, Field(max_length=1500000, pattern="^[A-Za-z0-9+/]*={0,2}$")],
)


Note = TypeAliasType(
    "Note",
    Annotated[
        str,
        Field(
            description="A signed note, or a key of one.",
            max_length=20000,
            pattern="^[^\\x00-\\x09\\x0B-\\x1F\\x7F-\\x9F]+$",
        ),
    ],
)


class DelayedTotal(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    law: LegalBasis
    entries: Annotated[StrictInt, Field(ge=0, le=9007199254740991)]
    undisclosed: Annotated[StrictInt, Field(ge=0, le=9007199254740991)]


class DelayedTotals(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[DelayedTotal], Field(max_length=10000)]


class AccessEntry(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: Line
    at: Instant
    kind: LookKind
    outcome: Literal["answered", "not-modified", "refused", "not-found"]
    reason: Annotated[Line, Field(description="Of the decision.")]
    organisation: Named
    actor: Annotated[
        Line | None,
        Field(
            description="The officer, as the office names them; null: a machine, or oneself."
        ),
    ]
    purpose: Named | None
    legal_basis: LegalBasis | None
    case: Line | None
    records: Annotated[list[SeenRecord], Field(max_length=10000)]
    withheld: Annotated[list[WithheldField], Field(max_length=10000)]
    operation: Line
    disclosed_on: Annotated[
        Day | None, Field(description="The day before which a law kept it undisclosed.")
    ]
    text: PlainWords


class AccessEntryPage(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[AccessEntry], Field(max_length=200)]
    next: Annotated[CursorText | None, Field(description="Cursor of the next page.")]
    months: Annotated[
        Months | None,
        Field(
            description="How many entries match, by month of the office's calendar; null on all pages but the first."
        ),
    ]


class AccessProof(Contract):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: Line
    index: Annotated[
        StrictInt, Field(description="Of the leaf.", ge=0, le=9007199254740991)
    ]
    entry: Annotated[Base64, Field(description="The stored bytes.")]
    salt: Base64
    leaf: Annotated[Base64, Field(description="The leaf's hash.")]
    size: Annotated[
        StrictInt,
        Field(
            description="Of the tree that the checkpoint signs.",
            ge=1,
            le=9007199254740991,
        ),
    ]
    hashes: Annotated[
        list[Base64],
        Field(
            description="The inclusion proof (RFC 6962, 2.1.1), the nearest first.",
            max_length=64,
        ),
    ]
    checkpoint: Annotated[
        Note, Field(description="With cosignatures, where the witness has given them.")
    ]
