# Generated from contracts/openapi/oversight/questions.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated

from onewindow_contracts.common import (
    AuthorityId,
    Contract,
    CursorText,
    Day,
    Id,
    LegalBasis,
    Name,
    Paragraph,
    Urn,
    Version,
)
from onewindow_contracts.models.records.oversight_question import (
    Question,
    QuestionState,
)
from pydantic import ConfigDict, Field, StrictBool


class QuestionAsked(Contract):
    """
    A question about an entry.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    entry: Annotated[
        Id, Field(description="The entry's id in the caller's access record.")
    ]
    text: Annotated[Paragraph, Field(description="In the citizen's words.")]


class QuestionAnswered(Contract):
    """
    The office's answer.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Annotated[Name, Field(description="The name of the officer who signs.")]
    legal_basis: Annotated[LegalBasis, Field(description="On what the look rested.")]
    text: Annotated[Paragraph, Field(description="The answer.")]


class AnswerJudged(Contract):
    """
    What the citizen makes of the answer.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    accepted: Annotated[
        StrictBool, Field(description="Whether it settles the question.")
    ]


class QuestionReceipt(Contract):
    """
    What the citizen gets; the record itself comes through the window.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    question: Urn
    version: Version
    state: QuestionState
    office: Annotated[AuthorityId, Field(description="Who has to answer.")]
    due: Annotated[Day, Field(description="Until when.")]


class QuestionFile(Contract):
    """
    For the office. Whose it is stands with the office's own department, introduced to its sector.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    body: Question


class QuestionPage(Contract):
    """
    One page.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[QuestionFile],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]
