"""One adverse act and its steps, without a database: what may follow what, and who may take the step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, Self

from onewindow_kit.adverse.problems import ActDecided, ActNotHeld, ActNotInForce, ApproverIsAuthor, ApproverSameUnit

Degree = Literal["adverse", "restrictive"]
"""Adverse: somebody is refused something. Restrictive: what somebody has or may do is taken; a second unit approves."""
State = Literal["proposed", "held", "in-force", "refused", "undone"]
Ground = Literal["too-many-subjects", "open-matter"]
"""Why an act waits for the supervisor: too many people on one day, or its person has asked or disputes."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Who acts, as the office vouches for it. ``id`` None: the law itself, counted by a machine."""

    id: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a second officer or the supervisor said, and why; ``by`` is the authority that said it."""

    outcome: Literal["approved", "released", "refused"]
    by: str
    officer: str
    unit: str | None
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Act:
    """What an office does to one person, or tried to do.

    ``basis`` is the id of the legal basis, ``legal_basis`` its norm, ``remedy`` what can be done against it (zh, en).
    ``content`` (JSON) is what is to be done, for the kind's effect; ``before`` (JSON) what the effect found, for undoing.
    ``concerns`` are the records that it is about, ``results`` those that the effect made or changed.
    """

    urn: str
    kind: str
    degree: Degree
    authority: str
    subject: str
    basis: str
    legal_basis: str
    remedy: Mapping[str, str]
    reason: str
    evidence: tuple[str, ...]
    author: Officer
    acted_on: date
    content: Mapping[str, Any] = field(default_factory=dict)
    concerns: tuple[str, ...] = ()
    state: State = "proposed"
    held_for: tuple[Ground, ...] = ()
    released: bool = False
    rulings: tuple[Ruling, ...] = ()
    refusal: str | None = None
    results: tuple[str, ...] = ()
    before: Mapping[str, Any] = field(default_factory=dict)
    in_force_on: date | None = None
    undone_on: date | None = None
    undone_reason: str | None = None
    compensation: str | None = None
    version: int = 1

    @property
    def waits(self) -> bool:
        """Nothing has happened yet, and may."""
        return self.state in ("proposed", "held")

    def refused(self, code: str) -> Self:
        """Nothing happens: ``code`` says why."""
        return self._next(state="refused", refusal=code)

    def held(self, grounds: tuple[Ground, ...]) -> Self:
        """Waits for the supervisor."""
        return self._next(state="held", held_for=grounds)

    def approved(self, ruling: Ruling) -> Self:
        """The second officer's word: of another unit, and never the author. Whether it takes effect is the caller's."""
        if self.state != "proposed":
            raise ActDecided
        if ruling.officer == self.author.id:
            raise ApproverIsAuthor
        if ruling.unit is None or ruling.unit == self.author.unit:
            raise ApproverSameUnit
        if ruling.outcome == "refused":
            return self._next(state="refused", refusal="approval-refused", rulings=(*self.rulings, ruling))
        return replace(self, rulings=(*self.rulings, ruling))

    def ruled(self, ruling: Ruling) -> Self:
        """The supervisor's word on a held one: refused, or released to go on as if it had not been held."""
        if self.state != "held":
            raise ActNotHeld
        if ruling.outcome == "refused":
            return self._next(state="refused", refusal="supervisor-refused", rulings=(*self.rulings, ruling))
        return self._next(state="proposed", released=True, rulings=(*self.rulings, ruling))

    def done(self, results: tuple[str, ...], before: Mapping[str, Any], on: date) -> Self:
        """It took effect."""
        return self._next(state="in-force", results=results, before=before, in_force_on=on)

    def undone(self, reason: str, on: date, compensation: str) -> Self:
        """It was wrong; ``compensation`` is the case that makes good for it."""
        self.require_in_force()
        return self._next(state="undone", undone_on=on, undone_reason=reason, compensation=compensation)

    def require_in_force(self) -> None:
        if self.state != "in-force":
            raise ActNotInForce

    def renamed(self, old: str, new: str) -> Self:
        """The same about a person who goes by another pseudonym."""
        return self._next(subject=new if self.subject == old else self.subject)

    @property
    def approved_already(self) -> bool:
        return any(ruling.outcome == "approved" for ruling in self.rulings)

    def _next(self, **changes: Any) -> Self:
        return replace(self, **changes, version=self.version + 1)
