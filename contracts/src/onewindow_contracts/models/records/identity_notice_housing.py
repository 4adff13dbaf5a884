# Generated from contracts/records/identity/notice-housing.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Name
from pydantic import ConfigDict, Field


class NoticeHousing(Contract):
    """
    What the housing sector must know about a person; names the person by the housing pseudonym only.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[
        Literal["death", "revival", "name-changed", "number-changed", "moved"],
        Field(description="What happened."),
    ]
    occurred_on: Annotated[Day, Field(description="Day on which it happened in law.")]
    name: Annotated[
        Name | None,
        Field(
            description="The new name with name-changed, else null: the title register keeps the name as registered."
        ),
    ]
