# Generated from contracts/records/identity/link.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated

from onewindow_contracts.common import Contract, Pseudonym, Sector
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from typing_extensions import TypeAliasType

Order = TypeAliasType(
    "Order",
    Annotated[
        StrictInt,
        Field(
            description="Rises with every merge and split; 0 or left out before the first. The link records of one decision have the same.",
            ge=0,
            le=9007199254740991,
        ),
    ],
)


Retired = TypeAliasType(
    "Retired",
    Annotated[
        list[Pseudonym],
        Field(
            description="Pseudonyms that name nobody any more since the split of this order: they meant two persons.",
            max_length=200,
        ),
    ],
)


class LinkedPseudonym(Contract):
    """
    A pseudonym of the person in one sector.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    sector: Annotated[Sector, Field(description="The sector.")]
    pseudonym: Annotated[Pseudonym, Field(description="The pseudonym.")]
    current: Annotated[StrictBool, Field(description="Whether new records use it.")]


class Link(Contract):
    """
    All pseudonyms of one person or organisation, sealed to the gateway; shown to nobody. Of two link records that list one pseudonym, the one with the higher order holds it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    pseudonyms: Annotated[
        list[LinkedPseudonym],
        Field(
            description="One entry a sector and generation; an alias has current false.",
            max_length=200,
            min_length=1,
        ),
    ]
    order: Annotated[
        Order | None,
        Field(
            description="Rises with every merge and split; 0 or left out before the first. The link records of one decision have the same."
        ),
    ] = None
    retired: Annotated[
        Retired | None,
        Field(
            description="Pseudonyms that name nobody any more since the split of this order: they meant two persons."
        ),
    ] = None
