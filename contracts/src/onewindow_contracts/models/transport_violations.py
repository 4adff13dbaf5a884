# Generated from contracts/openapi/transport/violations.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated

from onewindow_contracts.common import (
    AuthorityId,
    Change,
    CodeValue,
    Contract,
    ContractName,
    CursorText,
    Day,
    Fen,
    Instant,
    LegalBasis,
    Line,
    NamedPerson,
    Paragraph,
    Subject,
    Urn,
    Version,
)
from onewindow_contracts.models.records.transport_points_cycle import PointsCycle
from onewindow_contracts.models.records.transport_vehicle import PlateNumber, PlateType
from onewindow_contracts.models.records.transport_violation import (
    DocumentNumber,
    Violation,
    ViolationState,
)
from onewindow_contracts.models.transport import (
    ImportedNumber,
    PlateKey,
    TransportPseudonym,
)
from pydantic import ConfigDict, Field, StrictBool, StrictInt


class ViolationEntry(Contract):
    """
    A violation as an officer records it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[CodeValue, Field(description="Of the code list.")]
    plate: Annotated[
        PlateKey | None,
        Field(
            description="The vehicle's plate; null for a driver stopped in a vehicle that is not kept here."
        ),
    ]
    driver: Annotated[
        TransportPseudonym | None,
        Field(description="Who was stopped; null where only the vehicle was seen."),
    ]
    occurred_on: Annotated[Day, Field(description="The day it happened.")]
    place: Annotated[Line, Field(description="Where it happened.")]
    document: DocumentNumber
    unit: Annotated[CodeValue, Field(description="The recording unit.")]
    legal_basis: LegalBasis


class ViolationLookup(Contract):
    """
    Whose violations.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: TransportPseudonym


class DriverNaming(Contract):
    """
    Who drove.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    driver: Annotated[NamedPerson, Field(description="The driver.")]


class FinePayment(Contract):
    """
    What is paid.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    amount: Annotated[
        Fen, Field(description="Exactly what is due today, surcharge included.")
    ]


class Objection(Contract):
    """
    Why the violation is contested.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reason: Annotated[Paragraph, Field(description="In your own words; kept sealed.")]


class Establishment(Contract):
    """
    The office decides without an acceptance.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    driver: Annotated[
        TransportPseudonym | None,
        Field(description="Who drove; null when that stays unknown."),
    ]
    effective_on: Annotated[
        Day, Field(description="The day of the decision in law, not later than today.")
    ]
    legal_basis: LegalBasis
    reason: Annotated[
        Paragraph, Field(description="Why, in words for the person concerned.")
    ]
    remedy: Annotated[
        Paragraph, Field(description="Where and until when it can be contested.")
    ]


class ViolationReceipt(Contract):
    """
    What the citizen gets; the record itself comes through the window.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    violation: Urn
    version: Version
    state: ViolationState
    case: Annotated[
        Urn | None,
        Field(description="The case that an objection opened; null otherwise."),
    ]


class ClosingRun(Contract):
    """
    How far to go in one command.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    limit: Annotated[StrictInt, Field(ge=1, le=200)]


class ClosingResult(Contract):
    """
    What was done.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    closed: Annotated[StrictInt, Field(ge=0, le=200)]
    more: Annotated[StrictBool, Field(description="Whether ended cycles are left.")]


class ViolationRecord(Contract):
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
        list[Subject], Field(description="Whom the record is about.", max_length=1000)
    ]
    body: Violation


class ViolationPage(Contract):
    """
    One page of records.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[ViolationRecord],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class PointsCycleRecord(Contract):
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
        list[Subject], Field(description="Whom the record is about.", max_length=1000)
    ]
    body: PointsCycle


class PointsCyclePage(Contract):
    """
    One page of records.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[PointsCycleRecord],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class ViolationRow(Contract):
    """
    A row of `import violation`: what an older system has. Headers of a CSV file are the names or either label.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    plate_type: Annotated[
        PlateType | None, Field(description="With the number, or neither.")
    ] = None
    plate_number: Annotated[
        PlateNumber | None,
        Field(description="A plate that a vehicle kept here carries."),
    ] = None
    scheme: Annotated[
        CodeValue | None,
        Field(description="The scheme of the number; cn-id when empty."),
    ] = None
    number: Annotated[
        ImportedNumber | None,
        Field(description="Who drove; empty where only the vehicle was seen."),
    ] = None
    kind: Annotated[CodeValue, Field(description="Of the code list.")]
    occurred_on: Annotated[Day, Field(description="The day it happened.")]
    place: Annotated[Line, Field(description="Where it happened.")]
    document: Annotated[DocumentNumber, Field(description="Unique.")]
    unit: Annotated[CodeValue, Field(description="The recording unit.")]
    state: Annotated[
        ViolationState | None,
        Field(description="recorded, accepted or paid; recorded when empty."),
    ] = None
    accepted_on: Annotated[
        Day | None, Field(description="For accepted and paid ones.")
    ] = None
    paid_on: Annotated[Day | None, Field(description="For paid ones.")] = None
