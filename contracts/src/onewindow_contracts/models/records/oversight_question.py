# Generated from contracts/records/oversight/question.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    AuthorityId,
    Contract,
    Day,
    Id,
    Instant,
    LegalBasis,
    Name,
    Paragraph,
)
from pydantic import ConfigDict, Field, StrictInt
from typing_extensions import TypeAliasType

Purpose = TypeAliasType(
    "Purpose",
    Annotated[
        str,
        Field(
            description="What for, as the entry says; null without.",
            max_length=100,
            pattern="^[a-z][a-z0-9-]*[.][a-z][a-z0-9-]*$",
        ),
    ],
)


class Handler(Contract):
    """
    The person at the office who answers for the matter.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    officer: Annotated[
        str,
        Field(
            description="The id that the office gave the officer.",
            max_length=40,
            pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$",
        ),
    ]
    name: Annotated[Name, Field(description="The officer's name.")]


QuestionState = TypeAliasType(
    "QuestionState",
    Annotated[
        Literal["open", "answered", "closed", "withdrawn"],
        Field(
            description="open: the office, or after an escalation the supervisor, must answer; answered: the citizen may accept or contest; closed: accepted, or not contested in time; withdrawn: by the citizen."
        ),
    ],
)


class Answer(Contract):
    """
    An office's answer, with the person who gave it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    answered_on: Annotated[Day, Field(description="The day it was given.")]
    by: Annotated[
        AuthorityId,
        Field(
            description="The office that answered: the one that was asked, or the supervisor."
        ),
    ]
    handler: Annotated[Handler, Field(description="Who answered.")]
    legal_basis: Annotated[LegalBasis, Field(description="On what the look rested.")]
    text: Annotated[Paragraph, Field(description="The answer.")]


class Question(Contract):
    """
    Why an office looked: a citizen's question about one entry of the access record, and its answer.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    entry: Annotated[Id, Field(description="The entry that is asked about.")]
    looked_at: Annotated[Instant, Field(description="When the office looked.")]
    purpose: Annotated[
        Purpose | None, Field(description="What for, as the entry says; null without.")
    ]
    text: Annotated[
        Paragraph, Field(description="The question in the citizen's words.")
    ]
    state: Annotated[QuestionState, Field(description="How far it is.")]
    asked_on: Annotated[Day, Field(description="The day it was asked.")]
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
    answer: Annotated[
        Answer | None, Field(description="The latest answer; null before.")
    ]
