# Generated from contracts/openapi/oversight.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated

from onewindow_contracts.common import Contract, CursorText, Envelope, Name
from pydantic import ConfigDict, Field, StrictInt
from typing_extensions import TypeAliasType

OfficerId = TypeAliasType(
    "OfficerId",
    Annotated[
        str,
        Field(
            description="The id that an office gave one of its officers; it vouches for it in its tokens.",
            max_length=40,
            pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$",
        ),
    ],
)


class SnapshotPage(Contract):
    """
    One page of records of any of the department's types.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[Envelope],
        Field(description="In order of URN.", max_length=200, min_length=0),
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]


class Republication(Contract):
    """
    What was queued.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    republished: Annotated[StrictInt, Field(ge=0, le=9007199254740991)]


class HandlerNamed(Contract):
    """
    Who at the office answers for the matter from now on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    officer: OfficerId
    name: Annotated[Name, Field(description="The name that the citizen reads.")]
