# Generated from contracts/records/identity/identity-card.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day
from pydantic import ConfigDict, Field


class IdentityCard(Contract):
    """
    A resident identity card.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    state: Annotated[
        Literal["valid", "lost", "replaced", "cancelled"],
        Field(description="Expiry follows from `valid_until` and is no state."),
    ]
    reason: Annotated[
        Literal["first", "renewal", "damage", "loss", "changed-entry"],
        Field(description="Why it was issued."),
    ]
    issued_on: Annotated[Day, Field(description="Day of issue.")]
    valid_until: Annotated[
        Day | None, Field(description="Last day of validity, null without limit.")
    ]
    ended_on: Annotated[
        Day | None,
        Field(
            description="Since when not valid any more though in term, null otherwise."
        ),
    ]
