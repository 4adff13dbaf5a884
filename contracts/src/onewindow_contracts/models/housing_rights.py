# Generated from contracts/openapi/housing/rights.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    AuthorityId,
    Change,
    Contract,
    ContractName,
    Day,
    Instant,
    LegalBasis,
    Pseudonym,
    Subject,
    Urn,
    Version,
)
from onewindow_contracts.models.housing import Owner
from onewindow_contracts.models.records.housing_advance_notice import AdvanceNotice
from onewindow_contracts.models.records.housing_objection import Objection
from onewindow_contracts.models.records.housing_residence_right import ResidenceRight
from pydantic import ConfigDict, Field


class ObjectionRecord(Contract):
    """
    An objection at one version.
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
    body: Objection


class AdvanceNoticeRecord(Contract):
    """
    An advance notice at one version.
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
    body: AdvanceNotice


class ResidenceRightRecord(Contract):
    """
    A residence right at one version.
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
    body: ResidenceRight


class RegisterObjection(Contract):
    """
    Who objects.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    objector: Pseudonym
    legal_basis: LegalBasis


class NoteSuit(Contract):
    """
    When.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    suit_on: Annotated[Day, Field(description="The day on which the suit was brought.")]
    legal_basis: LegalBasis


class EndObjection(Contract):
    """
    Why it ends; an objector can only withdraw.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    ending: Annotated[
        Literal["withdrawn", "decided"],
        Field(description="Given up or decided by a court."),
    ]
    legal_basis: LegalBasis


class RegisterAdvanceNotice(Contract):
    """
    Whose future right is secured.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    beneficiary: Pseudonym
    consents: Annotated[
        list[Pseudonym],
        Field(description="The present owners who have signed.", max_length=100),
    ]
    legal_basis: LegalBasis


class NoteRegistrable(Contract):
    """
    From when.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    registrable_on: Annotated[
        Day, Field(description="The day from which the right itself can be registered.")
    ]
    legal_basis: LegalBasis


class EndRight(Contract):
    """
    What it rests on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    legal_basis: LegalBasis


class RegisterResidenceRight(Contract):
    """
    Who may live here, and how long.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    resident: Pseudonym
    until: Annotated[
        Day | None, Field(description="Last day; unstated means for life.")
    ] = None
    consents: Annotated[
        list[Pseudonym],
        Field(description="The present owners who have signed.", max_length=100),
    ]
    legal_basis: LegalBasis


class EscheatTitle(Contract):
    """
    Whose estate goes to which office of the state.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    deceased: Pseudonym
    state: Annotated[
        Owner,
        Field(description="The office that holds it for the state, an organisation."),
    ]
    legal_basis: LegalBasis
