# Generated from contracts/openapi/transport/reports.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    CodeValue,
    Contract,
    CursorText,
    Day,
    Id,
    LegalBasis,
    Line,
    Paragraph,
    Urn,
    Version,
)
from onewindow_contracts.models.records.transport_report import ReportState
from onewindow_contracts.models.records.transport_violation import DocumentNumber
from onewindow_contracts.models.transport import PlateKey
from pydantic import ConfigDict, Field, StrictInt
from typing_extensions import TypeAliasType


class EvidenceFile(Contract):
    """
    A picture as the reporter hands it in.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    media_type: Annotated[
        str,
        Field(
            description="What the file is said to be; its content decides.",
            max_length=60,
            min_length=1,
            pattern="^[a-z]+/[a-z0-9.+-]+$",
        ),
    ]
    content: Annotated[
        str,
        Field(
            description="The file, base64 (RFC 4648 section 4).",
            max_length=900000,
            pattern="^[A-Za-z0-9+/=]*$",
        ),
    ]


class ReportSubmission(Contract):
    """
    What a citizen saw.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[CodeValue, Field(description="What was done, of the code list.")]
    plate: PlateKey
    occurred_on: Annotated[Day, Field(description="The day it happened.")]
    place: Annotated[Line, Field(description="Where it happened.")]
    description: Annotated[
        Paragraph, Field(description="What happened, in the reporter’s words.")
    ]
    evidence: Annotated[
        list[EvidenceFile],
        Field(description="The pictures.", max_length=3, min_length=1),
    ]


Sha256 = TypeAliasType(
    "Sha256",
    Annotated[
        str,
        Field(
            description="A SHA-256 in hexadecimal.",
            max_length=64,
            min_length=64,
            pattern="^[0-9a-f]{64}$",
        ),
    ],
)


class EvidenceEntry(Contract):
    """
    A picture in the list of a report.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Id
    media_type: Annotated[
        Literal["image/jpeg", "image/png", "image/webp"],
        Field(description="What its content is."),
    ]
    width: Annotated[StrictInt, Field(ge=1, le=65535)]
    height: Annotated[StrictInt, Field(ge=1, le=65535)]
    received_sha256: Annotated[Sha256, Field(description="Of the file as it came.")]
    stored_sha256: Annotated[Sha256, Field(description="Of the picture as it is kept.")]


class EvidencePicture(Contract):
    """
    A picture as it is kept.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    media_type: Annotated[
        Literal["image/jpeg", "image/png", "image/webp"],
        Field(description="What its content is."),
    ]
    content: Annotated[
        str,
        Field(
            description="The picture, base64.",
            max_length=100000000,
            pattern="^[A-Za-z0-9+/=]*$",
        ),
    ]


class ReportFile(Contract):
    """
    A report for the officer who decides it; nothing in it says who reported.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    report: Urn
    version: Version
    state: ReportState
    kind: Annotated[CodeValue, Field(description="What was reported.")]
    plate: PlateKey
    occurred_on: Annotated[
        Day, Field(description="The day it is said to have happened.")
    ]
    place: Annotated[Line, Field(description="Where.")]
    description: Annotated[Paragraph, Field(description="In the reporter’s words.")]
    submitted_on: Annotated[Day, Field(description="The day it came in.")]
    decide_by: Annotated[Day, Field(description="Last day to decide.")]
    decided_on: Annotated[
        Day | None, Field(description="The day of the decision; null before.")
    ]
    reason: Annotated[
        Paragraph | None, Field(description="Of the decision; null before.")
    ]
    violation: Annotated[
        Urn | None, Field(description="The violation that was recorded; null without.")
    ]
    evidence: Annotated[
        list[EvidenceEntry],
        Field(description="The pictures, in order.", max_length=3, min_length=0),
    ]


class ReportPage(Contract):
    """
    One page of records.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[ReportFile],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class FoundViolation(Contract):
    """
    What the officer found, in the officer’s words; vehicle and day are those of the report.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[
        CodeValue,
        Field(description="Of the code list; may be another one than was reported."),
    ]
    place: Annotated[
        Line,
        Field(
            description="Where it happened; the reported person reads it, and the reporter’s own words could tell who reported."
        ),
    ]
    document: DocumentNumber
    unit: Annotated[CodeValue, Field(description="The recording unit.")]
    legal_basis: LegalBasis


class ReportReceipt(Contract):
    """
    What the reporter gets; the record itself comes through the window.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    report: Urn
    version: Version
    state: ReportState
    decide_by: Annotated[Day, Field(description="Last day for the office to decide.")]
    received: Annotated[
        list[Sha256],
        Field(
            description="SHA-256 of each file as it came, in order.",
            max_length=3,
            min_length=1,
        ),
    ]


class ReportRuling(Contract):
    """
    Whether there was a violation.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    outcome: Annotated[
        Literal["upheld", "dismissed"], Field(description="Violation or not.")
    ]
    reason: Annotated[Paragraph, Field(description="Why; kept sealed with the report.")]
    violation: Annotated[
        FoundViolation | None,
        Field(
            description="The violation that was found, for upheld; null for dismissed."
        ),
    ]
