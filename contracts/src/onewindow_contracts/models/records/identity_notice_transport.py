# Generated from contracts/records/identity/notice-transport.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day
from pydantic import ConfigDict, Field


class NoticeTransport(Contract):
    """
    What the transport sector must know about a person; names the person by the transport pseudonym only.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[
        Literal["death", "revival", "name-changed", "number-changed", "moved"],
        Field(description="What happened."),
    ]
    occurred_on: Annotated[Day, Field(description="Day on which it happened in law.")]
