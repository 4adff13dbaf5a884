# Generated from contracts/records/oversight/lock.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Instant
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

Officer = TypeAliasType(
    "Officer",
    Annotated[
        str,
        Field(
            description="The officer's id in the office, null for the whole office.",
            pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$",
        ),
    ],
)


Reason = TypeAliasType(
    "Reason",
    Annotated[
        str,
        Field(
            description="In words, by who locked or unlocked; names no citizen.",
            max_length=500,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F-\\x9F]*$",
        ),
    ],
)


class Lock(Contract):
    """
    An officer, or a whole office, who may look at nobody until a supervisor unlocks: in force while its newest version is neither ended nor erased.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    organisation: Annotated[
        str,
        Field(
            description="The office; a department for its own service.",
            max_length=72,
            pattern="^[a-z][a-z0-9.-]{0,71}$",
        ),
    ]
    officer: Annotated[
        Officer | None,
        Field(description="The officer's id in the office, null for the whole office."),
    ]
    cause: Annotated[
        Literal["budget", "canary", "repeat", "sequential", "supervisor"],
        Field(
            description="What led to it: a budget of people reached, a person nobody has a reason to look at, one person again and again, people in sequence, or a supervisor's own order."
        ),
    ]
    reason: Annotated[
        Reason | None,
        Field(description="In words, by who locked or unlocked; names no citizen."),
    ]
    since: Annotated[Instant, Field(description="When it began.")]
