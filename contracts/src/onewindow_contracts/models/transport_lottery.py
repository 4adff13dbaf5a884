# Generated from contracts/openapi/transport/lottery.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated

from onewindow_contracts.common import (
    AuthorityId,
    Change,
    Contract,
    ContractName,
    CursorText,
    Day,
    Instant,
    LegalBasis,
    Line,
    Pseudonym,
    Subject,
    Urn,
    Version,
)
from onewindow_contracts.models.records.transport_lottery_draw import (
    LotteryDraw,
    LotteryHash,
    LotteryPartyName,
    LotteryPeriod,
    LotterySignature,
)
from onewindow_contracts.models.records.transport_lottery_entry import (
    EntryHash,
    LotteryEntryState,
)
from onewindow_contracts.models.records.transport_plate_quota import PlateQuota
from pydantic import ConfigDict, Field, StrictInt


class LotteryPartyNaming(Contract):
    """
    One who will commit to a secret.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    party: LotteryPartyName
    title: Annotated[Line, Field(description="Its name in full.")]
    public_key: Annotated[
        LotteryHash, Field(description="Ed25519, 32 bytes in hexadecimal.")
    ]


class LotteryCommitment(Contract):
    """
    A party binds itself to a secret that nobody knows yet.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    party: LotteryPartyName
    commitment: Annotated[
        LotteryHash, Field(description="SHA-256 of the lines lottery, party, secret.")
    ]
    signature: Annotated[
        LotterySignature, Field(description="Of the lines lottery, party, commitment.")
    ]


class LotteryReveal(Contract):
    """
    What a party had committed to.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    party: LotteryPartyName
    secret: Annotated[LotteryHash, Field(description="32 bytes in hexadecimal.")]


class LotteryFreeze(Contract):
    """
    The freeze names the public value that nobody knows yet.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    source: Annotated[Line, Field(description="Who will publish the value.")]
    reference: Annotated[Line, Field(description="Which of the source's values.")]
    due_at: Annotated[
        Instant, Field(description="When it becomes known, after the freeze.")
    ]
    legal_basis: LegalBasis


class LotteryDrawing(Contract):
    """
    The draw states the public value.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    value: Annotated[
        Line,
        Field(
            description="The value as its source published it, character by character."
        ),
    ]
    legal_basis: LegalBasis


class LotteryAward(Contract):
    """
    The award.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    legal_basis: LegalBasis


class EntryReceipt(Contract):
    """
    What the applicant gets; the record itself comes through the window.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    entry: Urn
    version: Version
    state: LotteryEntryState
    code: EntryHash
    opening: EntryHash


class LotteryListed(Contract):
    """
    One line of the frozen list.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    code: LotteryHash
    weight: Annotated[
        StrictInt, Field(description="Tickets in the draw.", ge=1, le=1000)
    ]


class LotteryProof(Contract):
    """
    An audit path (RFC 6962, 2.1.1).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    code: LotteryHash
    weight: Annotated[
        StrictInt, Field(description="Tickets in the draw.", ge=1, le=1000)
    ]
    index: Annotated[
        StrictInt, Field(description="Place on the list, from 0.", ge=0, le=999999)
    ]
    size: Annotated[
        StrictInt, Field(description="Length of the list.", ge=1, le=1000000)
    ]
    path: Annotated[
        list[LotteryHash],
        Field(
            description="Sibling hashes from the leaf to the root.",
            max_length=20,
            min_length=0,
        ),
    ]


class HolderOfQuotas(Contract):
    """
    Whose quotas.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    holder: Pseudonym


class LotteryDrawRecord(Contract):
    """
    The record at its present version, with its envelope.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Annotated[
        Day,
        Field(description="From when it is so in law; may lie before `recorded_at`."),
    ]
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    subjects: Annotated[
        list[Subject],
        Field(
            description="Whom the record is about; nobody for a pool.", max_length=1000
        ),
    ]
    body: LotteryDraw


class LotteryDrawPage(Contract):
    """
    One page.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[LotteryDrawRecord],
        Field(description="Newest first.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class LotteryEntryPage(Contract):
    """
    One page.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[LotteryListed],
        Field(description="In order of the codes.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class PlateQuotaRecord(Contract):
    """
    The record at its present version, with its envelope.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Annotated[
        Day,
        Field(description="From when it is so in law; may lie before `recorded_at`."),
    ]
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    subjects: Annotated[
        list[Subject],
        Field(
            description="Whom the record is about; nobody for a pool.", max_length=1000
        ),
    ]
    body: PlateQuota


class PlateQuotaPage(Contract):
    """
    One page.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[PlateQuotaRecord],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class LotteryOpening(Contract):
    """
    A new pool.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    period: LotteryPeriod
    quota: Annotated[
        StrictInt, Field(description="How many plates are drawn for.", ge=1, le=10000)
    ]
    freeze_on: Annotated[Day, Field(description="Not before today.")]
    parties: Annotated[
        list[LotteryPartyNaming],
        Field(
            description="Whose secrets the seed is made of.",
            max_length=20,
            min_length=1,
        ),
    ]
    legal_basis: LegalBasis
