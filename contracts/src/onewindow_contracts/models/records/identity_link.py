# Generated from contracts/records/identity/link.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated

from onewindow_contracts.common import Contract, Pseudonym, Sector
from pydantic import ConfigDict, Field, StrictBool


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
    All pseudonyms of one person, sealed to the gateway; shown to nobody.
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
