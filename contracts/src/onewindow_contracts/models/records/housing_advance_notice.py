# Generated from contracts/records/housing/advance-notice.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Urn
from onewindow_contracts.models.records.housing_title import UnitCode
from pydantic import ConfigDict, Field


class AdvanceNotice(Contract):
    """
    Secures that a right agreed on will be registered (Civil Code 221). Subjects: the title's present owners (role owner) and the beneficiary (role beneficiary).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    title: Annotated[Urn, Field(description="The title.")]
    unit_code: UnitCode
    registered_on: Annotated[Day, Field(description="The day of entry.")]
    registrable_on: Annotated[
        Day | None,
        Field(description="The day from which the right itself can be registered."),
    ]
    holds_until: Annotated[
        Day | None,
        Field(description="Its last day; null until the right can be registered."),
    ]
    ending: Annotated[
        Literal["lapsed", "fulfilled", "cancelled"] | None,
        Field(description="Why it ended."),
    ]
    ended_on: Annotated[Day | None, Field(description="The day on which it ended.")]
