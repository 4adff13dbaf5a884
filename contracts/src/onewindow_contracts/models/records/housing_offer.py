# Generated from contracts/records/housing/offer.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Fen, Share, Urn
from onewindow_contracts.models.records.housing_title import UnitCode
from pydantic import ConfigDict, Field


class Offer(Contract):
    """
    A share on sale, offered to the other owners first (Civil Code 305, 306). Subjects: the seller (role seller) and each owner to whom it is made (role co-owner; part: the owner's own answer).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    title: Annotated[Urn, Field(description="The title.")]
    unit_code: UnitCode
    share: Annotated[
        Share, Field(description="The part of the whole title that is on sale.")
    ]
    price_fen: Annotated[Fen | None, Field(description="The price, in fen.")]
    opened_on: Annotated[Day, Field(description="The day on which it was made.")]
    respond_by: Annotated[Day, Field(description="Last day to accept or waive.")]
    state: Annotated[
        Literal["open", "accepted", "passed", "withdrawn"],
        Field(description="Whether it can be accepted, and what came of it."),
    ]
    closed_on: Annotated[Day | None, Field(description="The day on which it closed.")]
    case: Annotated[Urn, Field(description="The sale that waits for the answers.")]
