# Generated from contracts/records/housing/freeze.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from datetime import date
from typing import Annotated

from onewindow_contracts.common import Contract
from onewindow_contracts.models.records.housing_title import UnitCode
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

Urn = TypeAliasType(
    "Urn",
    Annotated[
        str,
        Field(
            description="Names one record for ever, `urn:onewindow:<authority>:<record-type>:<random id>`.",
            max_length=160,
            pattern="^urn:onewindow:[a-z][a-z0-9-]{0,30}[.][a-z][a-z0-9-]{0,40}:[a-z][a-z0-9-]{0,40}:[a-z2-7]{22}$",
        ),
    ],
)


Name = TypeAliasType(
    "Name",
    Annotated[
        str,
        Field(
            description="The name of a person or an organisation, without control characters.",
            max_length=100,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F-\\x9F]*$",
        ),
    ],
)


Line = TypeAliasType(
    "Line",
    Annotated[
        str,
        Field(
            description="One line of text, without control characters.",
            max_length=200,
            min_length=1,
            pattern="^[^\\x00-\\x1F\\x7F-\\x9F]*$",
        ),
    ],
)


Day = TypeAliasType(
    "Day",
    Annotated[
        date,
        Field(description="A calendar day as the law means it, without a time zone."),
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
