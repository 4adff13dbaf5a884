# Generated from contracts/openapi/housing/cases.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onewindow_contracts.common import (
    AuthorityId,
    CaseBody,
    Change,
    CodeValue,
    Contract,
    ContractName,
    CursorText,
    Day,
    Instant,
    LegalBasis,
    Paragraph,
    Pseudonym,
    Subject,
    Urn,
    Version,
)
from pydantic import ConfigDict, Field


class CaseRecord(Contract):
    """
    A case at one version; its subjects are the applicant and the parties, whose part is their answer.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Day
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    subjects: Annotated[list[Subject], Field(max_length=1000)]
    body: CaseBody


class CasePage(Contract):
    """
    Some cases and where to go on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[list[CaseRecord], Field(max_length=200)]
    next: Annotated[
        CursorText | None, Field(description="Pass it on as `cursor`; null at the end.")
    ]


class CaseParty(Contract):
    """
    Somebody besides the applicant whose word the case needs.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    pseudonym: Pseudonym
    role: Annotated[CodeValue, Field(description="As what.")]
    answer: Annotated[
        Literal["asked", "consented", "declined"],
        Field(description="The party's word so far."),
    ]


class Application(Contract):
    """
    The whole of an application.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    case: Urn
    kind: Annotated[CodeValue, Field(description="The matter.")]
    applicant: Pseudonym
    parties: Annotated[
        list[CaseParty], Field(description="Whose word it needs.", max_length=1000)
    ]
    content: Annotated[
        dict[str, Any],
        Field(
            description="What is asked for; differs by kind and follows the application command of that kind."
        ),
    ]


class Assignment(Contract):
    """
    Whose one record is.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    record: Urn
    goes_to: Annotated[
        Literal["stays", "leaves"],
        Field(
            description="The person who keeps the older registration, or the one who is parted from it."
        ),
    ]


class AssignAfterSplit(Contract):
    """
    Whose each record of the case is.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    assignments: Annotated[
        list[Assignment],
        Field(
            description="Every record that the case concerns, once.",
            max_length=100,
            min_length=1,
        ),
    ]
    reason: Annotated[Paragraph, Field(description="Why.")]
