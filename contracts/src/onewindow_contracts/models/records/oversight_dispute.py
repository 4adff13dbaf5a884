# Generated from contracts/records/oversight/dispute.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    AuthorityId,
    Contract,
    Day,
    LegalBasis,
    Paragraph,
    Urn,
)
from onewindow_contracts.models.records.oversight_question import Handler
from pydantic import ConfigDict, Field, StrictInt
from typing_extensions import TypeAliasType


class Ruling(Contract):
    """
    A decision on a dispute: with its reason, and what can be done against it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    outcome: Annotated[
        Literal["upheld", "rejected"], Field(description="Whether the record is wrong.")
    ]
    decided_on: Annotated[Day, Field(description="The day of the decision.")]
    by: Annotated[
        AuthorityId,
        Field(
            description="The office that decided: the one that keeps the record, or the supervisor."
        ),
    ]
    handler: Annotated[Handler, Field(description="Who decided.")]
    legal_basis: Annotated[LegalBasis, Field(description="The norm.")]
    reason: Annotated[Paragraph, Field(description="Why.")]
    remedy: Annotated[
        Paragraph, Field(description="Where and until when it can be contested.")
    ]


DisputeState = TypeAliasType(
    "DisputeState",
    Annotated[
        Literal["open", "upheld", "rejected", "withdrawn"],
        Field(
            description="open: the office, or after an escalation the supervisor, must decide; upheld: the record is wrong and its office corrects it; rejected: it stands; withdrawn: by the citizen."
        ),
    ],
)


class Dispute(Contract):
    """
    A record or a decision that a citizen says to be wrong; marked wherever the record is shown while it is open.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    about: Annotated[Urn, Field(description="The record, or the decision's case.")]
    grounds: Annotated[
        Paragraph, Field(description="What is wrong, in the citizen's words.")
    ]
    state: Annotated[DisputeState, Field(description="How far it is.")]
    raised_on: Annotated[Day, Field(description="The day it was raised.")]
    office: Annotated[AuthorityId, Field(description="The office that has to answer.")]
    handler: Annotated[
        Handler | None,
        Field(
            description="The person at the office who answers for it; null until somebody was named."
        ),
    ]
    due: Annotated[
        Day,
        Field(
            description="Last day for whoever's turn it is, counted in working days: the office, after an escalation the supervisor, after an answer the citizen who may contest it."
        ),
    ]
    reminders: Annotated[
        StrictInt,
        Field(description="How often the office was reminded.", ge=0, le=1000),
    ]
    escalated_on: Annotated[
        Day | None,
        Field(
            description="Since when the supervisor sees to it; null while it is the office's alone."
        ),
    ]
    ruling: Annotated[
        Ruling | None, Field(description="What was decided; null before.")
    ]
