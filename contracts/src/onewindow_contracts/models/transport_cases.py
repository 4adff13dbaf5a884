# Generated from contracts/openapi/transport/cases.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    AuthorityId,
    CaseBody,
    CaseState,
    Change,
    CodeValue,
    Contract,
    ContractName,
    CursorText,
    Day,
    Id,
    Instant,
    LegalBasis,
    NamedPerson,
    Paragraph,
    Subject,
    Urn,
    Version,
)
from onewindow_contracts.models.records.shared_adverse_act import AdverseGrounds
from onewindow_contracts.models.records.transport_driving_licence import (
    FileNumber,
    LicenceClass,
)
from onewindow_contracts.models.transport import PlateChoice
from pydantic import ConfigDict, Field, StrictInt
from typing_extensions import TypeAliasType


class LicenceApplication(Contract):
    """
    The classes of a first licence.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    classes: Annotated[
        list[LicenceClass],
        Field(
            description="What the applicant wants to drive.",
            max_length=17,
            min_length=1,
        ),
    ]


class ReductionApplication(Contract):
    """
    What was done.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    means: Annotated[CodeValue, Field(description="Of the code list.")]


class TransferApplication(Contract):
    """
    To whom the vehicle shall go.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    to: Annotated[NamedPerson, Field(description="The new owner.")]
    ground: Annotated[Literal["sale", "gift"], Field(description="Why it passes on.")]
    plate: PlateChoice


class CaseReceipt(Contract):
    """
    What the citizen gets; the record itself comes through the window.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    case: Urn
    version: Version
    state: CaseState
    results: Annotated[
        list[Urn],
        Field(description="Records that the decision made or changed.", max_length=100),
    ]


class CaseRecord(Contract):
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
    body: CaseBody


class CasePage(Contract):
    """
    One page of records.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[CaseRecord],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class CaseEntry(Contract):
    """
    One detail.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Annotated[CodeValue, Field(description="The detail’s name.")]
    text: Annotated[
        str,
        Field(
            description="What was stated.",
            max_length=4000,
            pattern="^[^\\x00-\\x09\\x0B-\\x1F\\x7F-\\x9F]*$",
        ),
    ]


StudiedDays = TypeAliasType(
    "StudiedDays",
    Annotated[StrictInt, Field(description="Days of study done.", ge=0, le=365)],
)


ConsentingMortgages = TypeAliasType(
    "ConsentingMortgages",
    Annotated[
        list[Id],
        Field(description="Ids of mortgages whose mortgagee joined.", max_length=20),
    ],
)


class CaseAnswer(Contract):
    """
    What an officer states beside a decision; each matter needs its own of these, the others stay null. licence-application: examined_on (file_number null has one assigned); licence-recovery: studied_days, examined_on, road_tested_on; points-reduction: done_on; vehicle-transfer: consenting_mortgages; objection: unit.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    examined_on: Annotated[
        Day | None, Field(description="The day on which the examination was passed.")
    ] = None
    road_tested_on: Annotated[
        Day | None, Field(description="The day on which the road test was passed.")
    ] = None
    studied_days: Annotated[
        StudiedDays | None, Field(description="Days of study done.")
    ] = None
    done_on: Annotated[
        Day | None, Field(description="The day on which it was done.")
    ] = None
    file_number: Annotated[
        FileNumber | None, Field(description="The paper file of a new licence.")
    ] = None
    consenting_mortgages: Annotated[
        ConsentingMortgages | None,
        Field(description="Ids of mortgages whose mortgagee joined."),
    ] = None
    unit: Annotated[
        CodeValue | None, Field(description="The deciding police unit.")
    ] = None


class CaseContent(Contract):
    """
    What was asked for, as name and text.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    entries: Annotated[
        list[CaseEntry], Field(description="In order of name.", max_length=50)
    ]


class CaseRuling(Contract):
    """
    The office’s decision.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    outcome: Annotated[
        Literal["granted", "refused"], Field(description="What is decided.")
    ]
    reason: Annotated[Paragraph, Field(description="Why; the applicant reads it.")]
    answer: Annotated[
        CaseAnswer | None,
        Field(
            description="What the matter asks of the officer; null where it asks nothing."
        ),
    ]
    grounds: Annotated[
        AdverseGrounds | None,
        Field(description="Of a refusal; null where something is granted."),
    ] = None
