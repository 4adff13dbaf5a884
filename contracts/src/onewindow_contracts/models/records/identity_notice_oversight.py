# Generated from contracts/records/identity/notice-oversight.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Pseudonym
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

Returning = TypeAliasType(
    "Returning",
    Annotated[
        list[Pseudonym],
        Field(
            description="With split: pseudonyms that came in by an earlier merge and are those of the person who leaves.",
            max_length=200,
        ),
    ],
)


class NoticeOversight(Contract):
    """
    What the oversight sector must know about a person; names the person by the oversight pseudonym only.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[
        Literal[
            "death",
            "revival",
            "name-changed",
            "number-changed",
            "moved",
            "merged",
            "split",
        ],
        Field(description="What happened."),
    ]
    occurred_on: Annotated[Day, Field(description="Day on which it happened in law.")]
    into: Annotated[
        Pseudonym | None,
        Field(
            description="With merged: the surviving pseudonym; the notice's subject is the losing one."
        ),
    ] = None
    stays: Annotated[
        Pseudonym | None,
        Field(
            description="With split: the fresh pseudonym of the person who stays; the notice's subject is the old one, which names nobody any more."
        ),
    ] = None
    leaves: Annotated[
        Pseudonym | None,
        Field(description="With split: the fresh pseudonym of the person who leaves."),
    ] = None
    returning: Annotated[
        Returning | None,
        Field(
            description="With split: pseudonyms that came in by an earlier merge and are those of the person who leaves."
        ),
    ] = None
