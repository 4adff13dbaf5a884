# Generated from contracts/records/transport/points-cycle.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import Contract, Day, Urn
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from typing_extensions import TypeAliasType

CycleState = TypeAliasType(
    "CycleState",
    Annotated[
        Literal["open", "ended"],
        Field(
            description="At the end points of paid violations clear, unpaid ones pass into the next cycle."
        ),
    ],
)


CyclePoints = TypeAliasType(
    "CyclePoints",
    Annotated[StrictInt, Field(description="A sum of points.", ge=0, le=1000)],
)


class PointsDuty(Contract):
    """
    Study and examinations after twelve points.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    study_days: Annotated[StrictInt, Field(description="Days of study.", ge=1, le=365)]
    road_test: Annotated[
        StrictBool,
        Field(description="Whether a road test is due beside the examination."),
    ]


class PointsCycle(Contract):
    """
    Twelve months of a driving licence and the points in them. The holder is the envelope's subject (role holder). The first points of a cycle open its record.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    licence: Annotated[Urn, Field(description="The driving licence's record.")]
    starts_on: Annotated[
        Day, Field(description="First day, a year's mark of the first licence.")
    ]
    ends_on: Annotated[Day, Field(description="Last day.")]
    state: Annotated[CycleState, Field(description="Whether it runs.")]
    points: Annotated[
        CyclePoints,
        Field(
            description="Points that count now, reductions taken off; in an ended cycle those on its last day."
        ),
    ]
    carried_in: Annotated[
        CyclePoints, Field(description="Points that came from the cycle before.")
    ]
    reduced: Annotated[
        CyclePoints,
        Field(description="Points taken off for study and volunteering in this cycle."),
    ]
    times_full: Annotated[
        StrictInt,
        Field(
            description="How often twelve points were reached in this cycle.",
            ge=0,
            le=100,
        ),
    ]
    full_on: Annotated[
        Day | None,
        Field(
            description="Since when twelve points stand and the licence is retained; null while they do not."
        ),
    ]
    duty: Annotated[
        PointsDuty | None,
        Field(
            description="What brings a retained licence back; null while twelve points do not stand."
        ),
    ]
