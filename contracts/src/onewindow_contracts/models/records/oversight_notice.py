# Generated from contracts/records/oversight/notice.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Line, Paragraph, Urn
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType


class NoticeText(Contract):
    """
    In both languages.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    zh: Annotated[Paragraph, Field(description="In Chinese.")]
    en: Annotated[Paragraph, Field(description="In English.")]


NoticeKind = TypeAliasType(
    "NoticeKind",
    Annotated[
        Literal["incident", "correction", "compensation", "other"],
        Field(
            description="incident: somebody looked without a reason; correction: something was put right; compensation: a case about it was opened."
        ),
    ],
)


class Notice(Contract):
    """
    What a citizen must be told: that somebody without a reason may have seen their records, or that something was put right.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[NoticeKind, Field(description="What it is about.")]
    text: Annotated[NoticeText, Field(description="In words.")]
    issued_on: Annotated[Day, Field(description="The day of the notice.")]
    concerns: Annotated[
        list[Urn], Field(description="The records that it is about.", max_length=100)
    ]
    reference: Annotated[
        Line | None,
        Field(description="The file under which one can ask about it; null without."),
    ]
