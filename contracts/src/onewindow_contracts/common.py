"""The types of ``contracts/openapi/common.v1.yaml``, written by hand; everything else is generated from contracts.

Strict where pydantic is lax: a number is never a day, ``true`` is never an integer, ``0.5`` is never a share. Texts
refuse NUL, other control characters and lone surrogates (each carries a pattern, which also forces valid Unicode).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    StringConstraints,
    WithJsonSchema,
)

from onewindow_contracts.formats import CHECKS, parse_share

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$"
_SHARE = r"^[1-9][0-9]{0,5}/[1-9][0-9]{0,5}$"
_LINE = r"^[^\x00-\x1F\x7F-\x9F]*$"
_NAME = "[a-z][a-z0-9-]{0,40}"
_AUTHORITY = rf"[a-z][a-z0-9-]{{0,30}}[.]{_NAME}"


def _day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("must be a real day as text, YYYY-MM-DD")


def _instant(value: object) -> datetime:
    if isinstance(value, str) and re.fullmatch(_INSTANT, value):
        return datetime.fromisoformat(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        utc = value.astimezone(UTC)
        return utc.replace(microsecond=utc.microsecond // 1000 * 1000)
    raise ValueError("must be a moment in UTC as text, YYYY-MM-DDThh:mm:ss.sssZ")


def instant_text(value: datetime) -> str:
    """``2026-01-31T08:00:00.000Z``; the moment must know its time zone."""
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def share_text(value: Fraction) -> str:
    """``1/2``; the whole is ``1/1``."""
    return f"{value.numerator}/{value.denominator}"


def _share(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return parse_share(share_text(value))
    if isinstance(value, str):
        return parse_share(value)
    raise ValueError("must be a share as text, 'n/d'")


def _checked(format_: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not CHECKS[format_](value):
            raise ValueError(f"is not a valid {format_}: wrong form or wrong check digit")
        return value

    return check


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    PlainSerializer(instant_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "maxLength": 24, "pattern": _INSTANT}),
]
Share = Annotated[
    Fraction,
    PlainValidator(_share),
    PlainSerializer(share_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "share", "maxLength": 13, "pattern": _SHARE}),
]
Fen = Annotated[int, Strict(), Field(ge=0, le=2**53 - 1)]
Version = Annotated[int, Strict(), Field(ge=1, le=2**31 - 1)]

Id = Annotated[str, StringConstraints(pattern=r"^[a-z2-7]{22}$")]
Urn = Annotated[str, StringConstraints(max_length=160, pattern=rf"^urn:onewindow:{_AUTHORITY}:{_NAME}:[a-z2-7]{{22}}$")]
Pseudonym = Annotated[
    str, StringConstraints(max_length=80, pattern=rf"^{_NAME}[.][1-9][0-9]{{0,5}}[.](org-)?[a-z2-7]{{22}}$")
]
AuthorityId = Annotated[str, StringConstraints(max_length=72, pattern=rf"^{_AUTHORITY}$")]
Sector = Annotated[str, StringConstraints(max_length=41, pattern=rf"^{_NAME}$")]
DivisionCode = Annotated[str, StringConstraints(max_length=6, pattern=r"^[1-9][0-9]{5}$")]
ContractName = Annotated[
    str, StringConstraints(max_length=100, pattern=r"^[a-z][a-z0-9-]*[.][a-z][a-z0-9-]*[.]v[1-9][0-9]?$")
]
CodeValue = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_LINE)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=_LINE)]
Paragraph = Annotated[
    str, StringConstraints(min_length=1, max_length=4000, pattern=r"^[^\x00-\x09\x0B-\x1F\x7F-\x9F]*$")
]
LegalBasis = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_LINE)]
CursorText = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[A-Za-z0-9_-]+$")]
Introduction = Annotated[
    str,
    StringConstraints(
        max_length=2000,
        pattern=r"^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]*[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]+$",
    ),
]
Uscc = Annotated[
    str,
    StringConstraints(max_length=18, pattern=r"^[0-9]{8}[0-9A-HJ-NP-RTUW-Y]{10}$"),
    AfterValidator(_checked("uscc")),
    Field(json_schema_extra={"format": "uscc"}),
]
Vin = Annotated[
    str,
    StringConstraints(max_length=17, pattern=r"^[0-9A-HJ-NPR-Z]{17}$"),
    AfterValidator(_checked("vin")),
    Field(json_schema_extra={"format": "vin"}),
]
Change = Literal["created", "varied", "corrected", "moved", "merged", "ended", "erased"]
ProblemText = Annotated[str, StringConstraints(max_length=1000, pattern=_LINE)]


class Contract(BaseModel):
    """The base of every generated model: closed, named as in the contract, written under the contract's names."""

    model_config = ConfigDict(
        extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=True, protected_namespaces=()
    )


class Period(Contract):
    """From a day (included) until a day (excluded), or open."""

    from_: Annotated[Day, Field(alias="from")]
    until: Day | None


class Label(Contract):
    """A text in Chinese and English."""

    zh: Line
    en: Line


class Subject(Contract):
    """A person (or organisation) whom a record is about, in one role; ``part`` is the subject's own part in it."""

    pseudonym: Pseudonym
    role: CodeValue
    from_: Annotated[Day, Field(alias="from")]
    until: Day | None
    part: Line | None


class You(Contract):
    """What stands in a view in place of the subjects: the reader's own entry without the pseudonym."""

    role: CodeValue
    from_: Annotated[Day, Field(alias="from")]
    until: Day | None
    part: Line | None


class Envelope(Contract):
    """A record's whole state at one version, as events, snapshots and answers carry it."""

    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Day
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    subjects: Annotated[list[Subject], Field(max_length=1000)]
    body: dict[str, Any]


class NamedPerson(Contract):
    """A person or an organisation by number and name together; the department asks identity and keeps neither."""

    scheme: CodeValue
    number: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z-]+$")]
    name: Name


CaseState = Literal["awaiting-parties", "pending", "granted", "refused", "withdrawn", "lapsed"]
Outcome = Literal["granted", "refused"]


class CaseDecision(Contract):
    """A decision names its authority, its legal basis, its reason and what can be done against it."""

    outcome: Outcome
    decided_on: Day
    authority: AuthorityId
    legal_basis: LegalBasis
    reason: Paragraph
    remedy: Paragraph
    evidence: Annotated[list[Urn], Field(max_length=20)] = []


class CaseTerm(Contract):
    """One thing that a case's parties are asked to agree to, in words."""

    label: Label
    value: Line


class CaseBody(Contract):
    """What somebody asked an office for, and how far it is; the rules of ``applied_on`` judge it."""

    kind: CodeValue
    state: CaseState
    applied_on: Day
    respond_by: Day | None
    decide_by: Day | None
    awaiting: Annotated[int, Strict(), Field(ge=0, le=1000)]
    terms: Annotated[list[CaseTerm], Field(max_length=50)]
    concerns: Annotated[list[Urn], Field(max_length=100)]
    decision: CaseDecision | None
    results: Annotated[list[Urn], Field(max_length=100)]


class CaseDecisionCommand(Contract):
    """An officer's decision on a pending case."""

    outcome: Outcome
    reason: Paragraph


class CaseReasonCommand(Contract):
    """Why somebody declines or withdraws."""

    reason: Paragraph


class ProblemError(Contract):
    """One place in the input that does not fit; never repeats the value."""

    path: Annotated[str, StringConstraints(max_length=500, pattern=_LINE)]
    reason: ProblemText


class Problem(Contract):
    """RFC 9457; ``code`` is stable and is what programs should look at."""

    model_config = ConfigDict(extra="allow")

    type: Annotated[
        str,
        StringConstraints(max_length=200, pattern=r"^/v1/problems/[a-z0-9-]+$"),
        Field(json_schema_extra={"format": "uri-reference"}),
    ]
    title: ProblemText
    status: Annotated[int, Strict(), Field(ge=400, le=599)]
    code: Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z][a-z0-9-]*$")]
    instance: Annotated[str, StringConstraints(max_length=60, pattern=r"^urn:uuid:[0-9a-f-]{36}$")]
    remedy: ProblemText
    detail: ProblemText = ""
    errors: Annotated[list[ProblemError], Field(max_length=100)] = []
