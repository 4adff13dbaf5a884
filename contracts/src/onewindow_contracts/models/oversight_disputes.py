# Generated from contracts/openapi/oversight/disputes.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    AuthorityId,
    Contract,
    CursorText,
    Day,
    LegalBasis,
    Name,
    Paragraph,
    Urn,
    Version,
)
from onewindow_contracts.models.records.oversight_dispute import Dispute, DisputeState
from pydantic import ConfigDict, Field


class DisputeRaised(Contract):
    """
    What is wrong.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    about: Annotated[Urn, Field(description="The record, or the decision's case.")]
    grounds: Annotated[
        Paragraph, Field(description="What is wrong with it, in the citizen's words.")
    ]


class DisputeDecided(Contract):
    """
    The office's decision.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    outcome: Annotated[
        Literal["upheld", "rejected"], Field(description="Whether the record is wrong.")
    ]
    name: Annotated[Name, Field(description="The name of the officer who signs.")]
    legal_basis: LegalBasis
    reason: Annotated[Paragraph, Field(description="Why.")]
    remedy: Annotated[
        Paragraph, Field(description="Where and until when it can be contested.")
    ]


class DisputeReceipt(Contract):
    """
    What the citizen gets; the record itself comes through the window.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    dispute: Urn
    version: Version
    state: DisputeState
    office: Annotated[AuthorityId, Field(description="Who has to answer.")]
    due: Annotated[Day, Field(description="Until when.")]


class DisputeFile(Contract):
    """
    For the office. Whose it is stands with the office's own department, introduced to its sector.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    body: Dispute


class DisputePage(Contract):
    """
    One page.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[DisputeFile],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]
