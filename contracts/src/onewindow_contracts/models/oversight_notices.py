# Generated from contracts/openapi/oversight/notices.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Introduction, Line, Urn
from onewindow_contracts.models.records.oversight_notice import NoticeKind, NoticeText
from pydantic import ConfigDict, Field, StrictInt


class PartedAssignment(Contract):
    """
    Whose it is.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    side: Annotated[
        Literal["stays", "leaves"],
        Field(
            description="Who kept the earlier file of the population office, or who left it."
        ),
    ]


class NoticeOrder(Contract):
    """
    A notice and whom it goes to.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: NoticeKind
    text: NoticeText
    concerns: Annotated[
        list[Urn], Field(description="The records that it is about.", max_length=100)
    ]
    reference: Annotated[
        Line | None,
        Field(description="The file under which one can ask; null without."),
    ]
    addressees: Annotated[
        list[Introduction],
        Field(
            description="Introductions to this sector.", max_length=200, min_length=1
        ),
    ]


class NoticesSent(Contract):
    """
    How many people were told.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    sent: Annotated[StrictInt, Field(description="Each once.", ge=1, le=200)]
