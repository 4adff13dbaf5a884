# Generated from contracts/records/housing/residence-right.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Urn
from onewindow_contracts.models.records.housing_title import UnitCode
from pydantic import ConfigDict, Field


class ResidenceRight(Contract):
    """
    To live in somebody else's dwelling; neither transferred nor inherited (Civil Code 366 to 371). Subjects: the title's present owners (role owner) and the holder (role resident).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    title: Annotated[Urn, Field(description="The title.")]
    unit_code: UnitCode
    registered_on: Annotated[Day, Field(description="The day of entry.")]
    until: Annotated[Day | None, Field(description="Last day; null for life.")]
    ending: Annotated[
        Literal["expired", "died", "cancelled"] | None,
        Field(description="Why it ended."),
    ]
    ended_on: Annotated[Day | None, Field(description="The day on which it ended.")]
