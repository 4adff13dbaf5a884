# Generated from contracts/openapi/housing/offers.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated

from onewindow_contracts.common import (
    AuthorityId,
    Change,
    Contract,
    ContractName,
    Day,
    Instant,
    LegalBasis,
    Subject,
    Urn,
    Version,
)
from onewindow_contracts.models.records.housing_offer import Offer
from pydantic import ConfigDict, Field


class OfferRecord(Contract):
    """
    An offer at one version.
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
    body: Offer
