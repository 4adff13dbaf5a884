# Generated from contracts/records/transport/report.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

ReportState = TypeAliasType(
    "ReportState",
    Annotated[
        Literal["submitted", "upheld", "dismissed"],
        Field(description="upheld: a violation was found; dismissed: none was."),
    ],
)


class Report(Contract):
    """
    What a citizen reported, as far as the reporter follows it. Whom it is about, and what the office found, is not shown.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    state: Annotated[ReportState, Field(description="How far it is.")]
    submitted_on: Annotated[Day, Field(description="The day it came in.")]
    decide_by: Annotated[
        Day,
        Field(
            description="Last day for the office to decide, counted in working days."
        ),
    ]
    decided_on: Annotated[
        Day | None, Field(description="The day of the decision; null before.")
    ]
