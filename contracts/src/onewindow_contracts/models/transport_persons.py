# Generated from contracts/openapi/transport/persons.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    CaseState,
    Contract,
    Paragraph,
    Pseudonym,
    Urn,
    Version,
)
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

ContestedItem = TypeAliasType(
    "ContestedItem",
    Annotated[
        str,
        Field(
            description="A record, or the right to a former plate.",
            max_length=200,
            min_length=10,
            pattern="^(urn:onewindow:[a-z0-9.-]{1,80}:[a-z][a-z0-9-]{0,40}:[a-z2-7]{22}|plate:[0-9]{2}:[0-9a-f]{64})$",
        ),
    ],
)


class SplitReview(Contract):
    """
    What is contested between two persons.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    stays: Pseudonym
    leaves: Pseudonym
    items: Annotated[
        list[ContestedItem],
        Field(description="Each must be assigned.", max_length=10000, min_length=0),
    ]


class SplitAssignment(Contract):
    """
    One item and whose it is.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    item: ContestedItem
    to: Annotated[Literal["stays", "leaves"], Field(description="Which of the two.")]


class LicenceChoice(Contract):
    """
    Which licence stays.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    keep: Urn
    reason: Annotated[Paragraph, Field(description="Why.")]


class PersonsReviewed(Contract):
    """
    The decided case.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    case: Urn
    version: Version
    state: CaseState
    results: Annotated[
        list[Urn],
        Field(
            description="The records that the decision changed, the first hundred.",
            max_length=100,
            min_length=0,
        ),
    ]


class SplitAssignments(Contract):
    """
    Whose each contested item is.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    assignments: Annotated[
        list[SplitAssignment],
        Field(description="One for each item.", max_length=10000, min_length=1),
    ]
    reason: Annotated[Paragraph, Field(description="Why.")]
