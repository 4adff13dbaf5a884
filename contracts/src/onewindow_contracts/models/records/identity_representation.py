# Generated from contracts/records/identity/representation.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Line, Uscc
from pydantic import ConfigDict, Field


class Representation(Contract):
    """
    A natural person acts for an organisation; both see it, and nobody learns the person's name from it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    organisation: Annotated[
        Line,
        Field(description="The organisation's name when this version was written."),
    ]
    uscc: Annotated[
        Uscc, Field(description="The organisation's unified social credit code.")
    ]
    capacity: Annotated[
        Literal["legal-representative", "agent"],
        Field(
            description="By statute and registration, or by the organisation's own authorisation."
        ),
    ]
    powers: Annotated[
        list[Literal["read", "act"]],
        Field(
            description="What the person may do in the organisation's name.",
            max_length=2,
            min_length=1,
        ),
    ]
    state: Annotated[
        Literal["in-force", "ended"], Field(description="Whether it was ended.")
    ]
    since: Annotated[Day, Field(description="First day.")]
    until: Annotated[
        Day | None,
        Field(
            description="First day on which an agent's term is over, null without a term."
        ),
    ]
    ended_on: Annotated[
        Day | None, Field(description="Day on which it was ended, null while in force.")
    ]
