# Generated from contracts/records/housing/freeze.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated

from onewindow_contracts.common import Contract, Day, Line, Name, Urn
from onewindow_contracts.models.records.housing_title import UnitCode
from pydantic import ConfigDict, Field, StrictInt
from typing_extensions import TypeAliasType

QueuePlace = TypeAliasType(
    "QueuePlace",
    Annotated[
        StrictInt,
        Field(
            description="0 once it has taken effect; else its place among the freezes that wait, each of which begins when the one before it ends and then lasts as long as was ordered.",
            ge=0,
            le=1000,
        ),
    ],
)


class Freeze(Contract):
    """
    An authority's order that stops every disposal of a title. Its subjects (role owner) are the title's present owners.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    title: Annotated[Urn, Field(description="The frozen title.")]
    unit_code: UnitCode
    ordered_by: Annotated[
        Name, Field(description="The court or authority that ordered the freeze.")
    ]
    order_number: Annotated[Line, Field(description="The number of the order.")]
    since: Annotated[Day, Field(description="First day of the freeze.")]
    until: Annotated[
        Day,
        Field(description="Last day of the freeze; it lapses by itself the day after."),
    ]
    ended_on: Annotated[
        Day | None,
        Field(description="The day on which it was lifted; null while it stands."),
    ]
    queue_place: Annotated[
        QueuePlace | None,
        Field(
            description="0 once it has taken effect; else its place among the freezes that wait, each of which begins when the one before it ends and then lasts as long as was ordered."
        ),
    ] = None
