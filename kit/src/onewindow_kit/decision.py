"""What a decision about a look is made of: what the contract shows, what was looked at before, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

GRADES = ("public", "internal", "confidential", "restricted")
"""Classes of data, the least sensitive first (GB/T 43697)."""


class Reason(StrEnum):
    """Why a look was allowed or refused; stable: entries keep them and the contracts explain each in two languages."""

    WITHIN_PURPOSE = "within-purpose"
    IN_PART = "within-purpose-in-part"
    OWN = "own-window"
    NOT_OWN = "not-own-window"
    NOT_AN_AGENCY = "not-an-agency"
    UNKNOWN = "purpose-unknown"
    NOT_BOUND = "purpose-not-bound"
    NOT_HELD = "purpose-not-held"
    VOID = "purpose-void"
    NOT_VALID = "purpose-not-valid"
    NO_ACTOR = "actor-missing"
    NO_CASE = "case-missing"
    CASE_MALFORMED = "case-malformed"
    CASE_UNEXPECTED = "case-unexpected"
    NOTHING_ASKED = "nothing-asked"
    BEYOND = "beyond-purpose"
    USAGE_UNKNOWN = "usage-unknown"
    ACTOR_LOCKED = "actor-locked"
    ORGANISATION_LOCKED = "organisation-locked"
    ACTOR_BUDGET = "actor-budget-reached"
    ORGANISATION_BUDGET = "organisation-budget-reached"


class Withheld(StrEnum):
    """Why one field of an allowed look does not leave."""

    NOT_IN_CONTRACT = "not-in-contract"
    WITHOUT_CLASS = "without-class"
    NOT_VISIBLE = "not-visible"
    ABOVE_CLASS = "above-class"
    NOT_ASSESSED = "not-assessed"
    REMOVED = "removed"


class Property(NamedTuple):
    """What the contract says of one property: its class (None: no class, nobody sees it), the roles that see it (None:
    every subject) and its masking strategy."""

    sensitivity: str | None
    audience: frozenset[str] | None = None
    masking: str = "remove"


@dataclass(frozen=True, slots=True)
class Visible:
    """One record type as its contract shows it to a person who stands in ``roles`` in it."""

    properties: Mapping[str, Property]
    roles: frozenset[str]


NOTHING = Visible({}, frozenset())


class Count(NamedTuple):
    """Distinct people counted so far, without this look and with it (the same when it repeats one)."""

    without: int
    including: int


@dataclass(frozen=True, slots=True)
class Usage:
    """What was looked at until now, as one snapshot: a count for each budget by its name, and standing locks.

    ``locked`` holds ``actor`` and ``organisation``. A budget without a count refuses: unknown is never a guess.
    """

    counts: Mapping[str, Count] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """``fields`` (record type -> properties) is what may leave, empty when refused; those in ``masked`` leave as their
    class masks them. ``withheld`` says why the rest does not: ``{"housing.title.address": "above-class"}``."""

    allowed: bool
    reason: Reason
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    masked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    withheld: Mapping[str, Withheld] = field(default_factory=dict)
