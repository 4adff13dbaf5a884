# Generated from contracts/records/identity/identification.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import CodeValue, Contract, Day
from pydantic import ConfigDict, Field


class Identification(Contract):
    """
    A number that a person has or had under a scheme. Numbers are attributes with a history, never keys.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    scheme: Annotated[CodeValue, Field(description="The scheme; schemes are plug-ins.")]
    number: Annotated[
        str,
        Field(
            description="The number in its scheme's one written form.",
            max_length=40,
            min_length=4,
            pattern="^[0-9A-Z]+$",
        ),
    ]
    state: Annotated[
        Literal["current", "contested", "superseded"],
        Field(description="In force, claimed by another person too, or of the past."),
    ]
    reason: Annotated[
        Literal[
            "birth",
            "late-registration",
            "admission",
            "import",
            "reassignment",
            "correction",
            "conflict",
        ],
        Field(description="Why the number was given or entered."),
    ]
    assigned_on: Annotated[Day, Field(description="Since when the person has it.")]
    ended_on: Annotated[
        Day | None, Field(description="Since when no longer, null while in force.")
    ]
