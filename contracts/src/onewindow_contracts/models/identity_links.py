# Generated from contracts/openapi/identity/links.v1.yaml by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    CodeValue,
    Contract,
    Day,
    DivisionCode,
    Id,
    Name,
    Paragraph,
    Pseudonym,
    Urn,
)
from onewindow_contracts.models.identity import Evidence, RelationshipStatement
from pydantic import ConfigDict, Field, StrictBool
from typing_extensions import TypeAliasType

Relationships = TypeAliasType(
    "Relationships",
    Annotated[
        list[RelationshipStatement],
        Field(
            description="The other members' relationships to the new head.",
            max_length=50,
        ),
    ],
)


class MergeProposal(Contract):
    """
    Two identity pseudonyms of one person.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    survivor: Annotated[Pseudonym, Field(description="Whose entries hold.")]
    losing: Annotated[Pseudonym, Field(description="Whose pseudonyms become aliases.")]
    grounds: Annotated[Paragraph, Field(description="Why they are one.")]
    evidence: Annotated[list[Evidence], Field(max_length=20, min_length=1)]
    dead_with_alive: Annotated[
        StrictBool,
        Field(
            description="One of the two is registered as dead and that is known; the survivor's standing holds."
        ),
    ] = False
    new_head: Annotated[
        Pseudonym | None,
        Field(
            description="Who heads the register that the losing entry leaves as its head."
        ),
    ] = None
    relationships: Annotated[
        Relationships | None,
        Field(description="The other members' relationships to the new head."),
    ] = None


class Leaver(Contract):
    """
    The entries of the person who was mistaken for another.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: Annotated[Name, Field(description="Name.")]
    sex: Annotated[CodeValue, Field(description="GB/T 2261.1.")]
    birth_date: Annotated[Day, Field(description="Day of birth.")]
    ethnic_group: Annotated[CodeValue | None, Field(description="GB/T 3304.")] = None
    birth_division: Annotated[
        DivisionCode | None, Field(description="Place of birth.")
    ] = None


class LinkDecision(Contract):
    """
    A merge or split, and what became of it.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Id
    kind: Literal["merge", "split"]
    state: Literal["proposed", "confirmed", "refused"]
    person: Annotated[
        Pseudonym | None,
        Field(
            description="The survivor of a merge, who stays after a split; the identity pseudonym of the present."
        ),
    ]
    other: Annotated[
        Pseudonym | None,
        Field(
            description="The losing entry before a merge, null after it; who has left after a split, null before it."
        ),
    ]
    proposed_on: Annotated[Day, Field(description="Day of the proposal.")]
    decided_on: Annotated[Day | None, Field(description="Day of the decision.")]
    undone: Annotated[
        StrictBool, Field(description="Whether a split has undone this merge.")
    ]


class SplitProposal(Contract):
    """
    One identity pseudonym of two persons.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Annotated[Pseudonym, Field(description="The entry as it is.")]
    undoes: Annotated[Id | None, Field(description="The merge that is undone.")] = None
    leaves: Annotated[
        list[Urn],
        Field(
            description="Records of identity that go with the person who leaves, beside those that the undone merge brought.",
            max_length=200,
        ),
    ] = []
    leaver: Annotated[
        Leaver | None, Field(description="Who leaves, where no merge is undone.")
    ] = None
    grounds: Annotated[Paragraph, Field(description="Why they are two.")]
    evidence: Annotated[list[Evidence], Field(max_length=20, min_length=1)]
