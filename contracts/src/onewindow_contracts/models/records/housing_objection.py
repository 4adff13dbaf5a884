# Generated from contracts/records/housing/objection.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Urn
from onewindow_contracts.models.records.housing_title import UnitCode
from pydantic import ConfigDict, Field


class Objection(Contract):
    """
    Somebody says that the register is wrong (Civil Code 220). Subjects: the title's present owners (role owner) and the objector (role objector).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    title: Annotated[Urn, Field(description="The title.")]
    unit_code: UnitCode
    registered_on: Annotated[Day, Field(description="The day of entry.")]
    holds_until: Annotated[
        Day | None,
        Field(description="Last day to bring a suit; null once one is noted."),
    ]
    suit_on: Annotated[
        Day | None,
        Field(
            description="The day on which the objector went to court; until that ends nobody disposes."
        ),
    ]
    ending: Annotated[
        Literal["lapsed", "withdrawn", "decided"] | None,
        Field(description="Why it ended."),
    ]
    ended_on: Annotated[Day | None, Field(description="The day on which it ended.")]
