# Generated from contracts/records/identity/person.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import CodeValue, Contract, Day, DivisionCode, Name
from pydantic import ConfigDict, Field


class Person(Contract):
    """
    A human being as the population register knows one: the entries that describe a person, and where the person stands.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Annotated[Name, Field(description="The name in force.")]
    sex: Annotated[
        Literal["0", "1", "2", "9"],
        Field(description="GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated."),
    ]
    birth_date: Annotated[Day, Field(description="Day of birth.")]
    ethnic_group: Annotated[
        CodeValue | None,
        Field(
            description="GB/T 3304; null where the law knows none (a foreign person)."
        ),
    ]
    birth_division: Annotated[
        DivisionCode | None,
        Field(
            description="Division of birth at that time (GB/T 2260), null where unknown or abroad."
        ),
    ]
    standing: Annotated[
        Literal[
            "registered",
            "in-transit",
            "serving",
            "settled-abroad",
            "elsewhere",
            "unregistered",
            "foreign",
            "dead",
        ],
        Field(description="In the one permanent register, or the reason why in none."),
    ]
    standing_since: Annotated[Day, Field(description="Since when the standing holds.")]
    died_on: Annotated[
        Day | None, Field(description="Day of death, null for the living.")
    ]
