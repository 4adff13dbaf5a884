# Generated from contracts/records/shared/adverse-act.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    AuthorityId,
    Change,
    CodeValue,
    Contract,
    ContractName,
    CursorText,
    Day,
    Instant,
    Introduction,
    Label,
    LegalBasis,
    Paragraph,
    Pseudonym,
    Subject,
    Urn,
    Version,
)
from pydantic import ConfigDict, Field, StrictBool
from typing_extensions import TypeAliasType

AdverseDegree = TypeAliasType(
    "AdverseDegree",
    Annotated[
        Literal["adverse", "restrictive"],
        Field(
            description="adverse: something is refused; restrictive: something that one has or may do is taken, and a second officer of another unit approves."
        ),
    ],
)


AdverseState = TypeAliasType(
    "AdverseState",
    Annotated[
        Literal["proposed", "held", "in-force", "refused", "undone"],
        Field(
            description="proposed: a second unit must approve; held: the supervisor must look; in-force: it took effect; refused: nothing happened; undone: it was wrong and what was before holds again."
        ),
    ],
)


AdverseRefusal = TypeAliasType(
    "AdverseRefusal",
    Annotated[
        Literal["evidence-not-confirmed", "approval-refused", "supervisor-refused"],
        Field(
            description="evidence-not-confirmed: a department did not confirm a record; approval-refused: the second unit did not approve; supervisor-refused: nor did the supervisor."
        ),
    ],
)


BasisId = TypeAliasType(
    "BasisId",
    Annotated[
        str,
        Field(
            description="A legal basis of contracts/bases: <authority>.<name>.",
            max_length=90,
            min_length=3,
            pattern="^[a-z][a-z0-9-]*[.][a-z][a-z0-9-]*$",
        ),
    ],
)


Unit = TypeAliasType(
    "Unit",
    Annotated[
        str,
        Field(
            description="A unit of an office, by the office's own code.",
            max_length=60,
            min_length=1,
            pattern="^[A-Za-z0-9][A-Za-z0-9._-]*$",
        ),
    ],
)


OfficerId = TypeAliasType(
    "OfficerId",
    Annotated[
        str,
        Field(
            description="An officer, by the office's own name for them.",
            max_length=200,
            min_length=1,
            pattern="^[!-~]+$",
        ),
    ],
)


class AdverseGrounds(Contract):
    """
    On what an adverse act rests: a legal basis that belongs to the office, and records that bear it out.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    basis: BasisId
    evidence: Annotated[
        list[Urn],
        Field(
            description="Each is confirmed by the department that keeps it: it exists, concerns this person and fits the basis.",
            max_length=20,
            min_length=1,
        ),
    ]


class PersonConcerned(Contract):
    """
    A person, and the records that bear it out for them.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    person: Pseudonym
    evidence: Annotated[
        list[Urn],
        Field(
            description="Each is confirmed by the department that keeps it.",
            max_length=20,
            min_length=1,
        ),
    ]


class AdverseActState(Contract):
    """
    One act, without the person whom it concerns.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    act: Urn
    version: Version
    state: AdverseState
    held_for: Annotated[
        list[Literal["too-many-subjects", "open-matter"]],
        Field(description="Why it waits for the supervisor.", max_length=2),
    ]
    refusal: Annotated[
        AdverseRefusal | None, Field(description="Why nothing happened.")
    ]
    results: Annotated[
        list[Urn], Field(description="Records that it made or changed.", max_length=20)
    ]


class VersionedAct(Contract):
    """
    An act at the version that was read.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    act: Urn
    version: Version


class AdverseUndoing(Contract):
    """
    Why an act was wrong.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    reason: Annotated[Paragraph, Field(description="The person concerned reads it.")]


class EvidenceCheck(Contract):
    """
    One person, and the records that are said to concern them.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    introduction: Introduction
    evidence: Annotated[
        list[Urn],
        Field(description="Records of this department.", max_length=20, min_length=1),
    ]


class EvidenceAnswer(Contract):
    """
    Unknown, of another kind, about somebody else and not for this basis look the same.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    confirmed: Annotated[
        list[StrictBool],
        Field(
            description="Of each check whether every record exists, concerns the person and fits the basis.",
            max_length=200,
        ),
    ]


class CaseVerdict(Contract):
    """
    An office's decision on a case; a refusal rests on grounds.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    outcome: Annotated[
        Literal["granted", "refused"], Field(description="What is decided.")
    ]
    reason: Annotated[Paragraph, Field(description="Why; the applicant reads it.")]
    grounds: Annotated[
        AdverseGrounds | None,
        Field(description="Of a refusal; null where something is granted."),
    ] = None


class AdverseRuling(Contract):
    """
    What a second officer or the supervisor said, and why.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    outcome: Annotated[
        Literal["approved", "released", "refused"],
        Field(description="approved: by the second unit; released: by the supervisor."),
    ]
    authority: AuthorityId
    unit: Annotated[Unit | None, Field(description="The officer's unit.")]
    officer: Annotated[
        OfficerId, Field(description="Who said it, as the office vouches.")
    ]
    reason: Paragraph
    on: Day


class AdverseGroundsOfMany(Contract):
    """
    The same for one act on each of many people: one basis, and records that bear out each of them.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    basis: BasisId
    people: Annotated[
        list[PersonConcerned],
        Field(description="Each person once.", max_length=5000, min_length=1),
    ]


class AdverseActStates(Contract):
    """
    What became of the acts of one command.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    acts: Annotated[
        list[AdverseActState],
        Field(description="In the order asked for.", max_length=5000),
    ]


class AdverseDecision(Contract):
    """
    A second officer's word on acts of the same office.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    acts: Annotated[
        list[VersionedAct],
        Field(description="All or none.", max_length=5000, min_length=1),
    ]
    outcome: Annotated[
        Literal["approved", "refused"], Field(description="What is decided.")
    ]
    reason: Annotated[
        Paragraph, Field(description="Why; the person concerned reads it.")
    ]


class SupervisorRuling(Contract):
    """
    The supervisor's word on held acts.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    acts: Annotated[
        list[VersionedAct],
        Field(description="All or none.", max_length=5000, min_length=1),
    ]
    outcome: Annotated[
        Literal["released", "refused"],
        Field(description="released: it goes on as if it had not been held."),
    ]
    reason: Annotated[
        Paragraph, Field(description="Why; the person concerned reads it.")
    ]


class EvidenceQuestion(Contract):
    """
    Whether records bear people out, on a legal basis of an office of the asking service.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    basis: BasisId
    checks: Annotated[
        list[EvidenceCheck],
        Field(description="One for each person.", max_length=200, min_length=1),
    ]


class AdverseAct(Contract):
    """
    What an office did to a person, or tried to do: refused, taken or restricted. The person concerned is the envelope's subject; an attempt that led to nothing stands here too.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Annotated[
        CodeValue,
        Field(
            description="What was done or tried, a code of the department's own list `<department>.adverse-acts`."
        ),
    ]
    degree: AdverseDegree
    state: AdverseState
    acted_on: Day
    basis: BasisId
    reason: Paragraph
    evidence: Annotated[
        list[Urn],
        Field(
            description="The records that bear it out, as their departments confirmed or did not.",
            max_length=20,
        ),
    ]
    remedy: Annotated[
        Label, Field(description="What can be done against it, where and until when.")
    ]
    by_law: Annotated[
        StrictBool,
        Field(description="Counted by a machine as the law says; nobody decided."),
    ]
    unit: Annotated[Unit | None, Field(description="The author's unit.")]
    author: Annotated[
        OfficerId | None, Field(description="Who wrote it, as the office vouches.")
    ]
    held_for: Annotated[
        list[Literal["too-many-subjects", "open-matter"]],
        Field(
            description="Why it waits, or waited, for the supervisor: too many people on one day; an open question or dispute of the person.",
            max_length=2,
        ),
    ]
    refusal: Annotated[
        AdverseRefusal | None, Field(description="Why nothing happened.")
    ]
    rulings: Annotated[
        list[AdverseRuling],
        Field(
            description="What the second unit and the supervisor said.", max_length=4
        ),
    ]
    concerns: Annotated[
        list[Urn], Field(description="The records that it is about.", max_length=20)
    ]
    results: Annotated[
        list[Urn],
        Field(description="The records that it made or changed.", max_length=20),
    ]
    in_force_on: Day | None
    undone_on: Day | None
    undone_reason: Paragraph | None
    compensation: Annotated[
        Urn | None, Field(description="The case that makes good for a wrong one.")
    ]


class AdverseActRecord(Contract):
    """
    The record at its present version, with its envelope.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    urn: Urn
    version: Version
    change: Change
    authority: AuthorityId
    effective_on: Annotated[Day, Field(description="From when it is so in law.")]
    recorded_at: Instant
    legal_basis: LegalBasis
    contract: ContractName
    subjects: Annotated[
        list[Subject], Field(description="Whom it concerns.", max_length=1)
    ]
    body: AdverseAct


class AdverseActPage(Contract):
    """
    One page of acts.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    items: Annotated[
        list[AdverseActRecord], Field(description="In order of URN.", max_length=200)
    ]
    next: Annotated[
        CursorText | None,
        Field(description="The cursor of the next page; null at the end."),
    ]
