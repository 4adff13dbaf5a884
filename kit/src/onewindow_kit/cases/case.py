"""One case and its steps, without a database: which step may follow which, and who may take it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, Self

from onewindow_kit.problems import AlreadyAnswered, CaseAwaitsParties, CaseClosed, NotFound

State = Literal["awaiting-parties", "pending", "granted", "refused", "withdrawn", "lapsed"]
Answer = Literal["asked", "consented", "declined"]
OPEN: tuple[State, ...] = ("awaiting-parties", "pending")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody besides the applicant whose word the case needs; ``role`` is the department's own."""

    pseudonym: str
    role: str
    answer: Answer = "asked"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that the parties are asked to agree to, for people: a label in both languages and the value in words."""

    zh: str
    en: str
    value: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided; ``remedy`` says what can be done against it, ``evidence`` (URNs) what bears a refusal out."""

    outcome: Literal["granted", "refused"]
    decided_on: date
    authority: str
    legal_basis: str
    reason: str
    remedy: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """``content`` is what was asked for (JSON); the rules of ``applied_on`` judge it.

    ``hidden`` are pseudonyms that the record does not name at the moment: it is open which of two persons they mean.
    """

    urn: str
    kind: str
    authority: str
    applicant: str
    content: dict[str, Any]
    applied_on: date
    parties: tuple[Party, ...] = ()
    terms: tuple[Term, ...] = ()
    respond_by: date | None = None
    decide_by: date | None = None
    concerns: tuple[str, ...] = ()
    state: State = "pending"
    decision: Decision | None = None
    results: tuple[str, ...] = ()
    version: int = 1
    hidden: frozenset[str] = field(default_factory=frozenset)

    @property
    def awaiting(self) -> int:
        """How many parties must still answer."""
        return sum(party.answer == "asked" for party in self.parties)

    @property
    def people(self) -> set[str]:
        """Everybody whom the case is about."""
        return {self.applicant, *(party.pseudonym for party in self.parties)}

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def role_of(self, pseudonym: str) -> str | None:
        """The party's role, None for anybody else."""
        return next((party.role for party in self.parties if party.pseudonym == pseudonym), None)

    def answered(self, pseudonym: str, answer: Literal["consented", "declined"], on: date) -> Self:
        """A party's word; NotFound for anybody else. Pending once all have consented."""
        mine = [party for party in self.parties if party.pseudonym == pseudonym]
        if not mine:
            raise NotFound
        self.require_open()
        # Two parties who turned out to be one person: what is still open is answered.
        party = next((party for party in mine if party.answer == "asked"), mine[0])
        if party.answer != "asked":
            raise AlreadyAnswered
        if self.respond_by is not None and on > self.respond_by:
            raise CaseClosed
        parties = tuple(replace(p, answer=answer) if p is party else p for p in self.parties)
        told = replace(self, parties=parties, version=self.version + 1)
        if answer == "consented" and not told.awaiting:
            return replace(told, state="pending")
        return told

    def withdrawn(self, pseudonym: str) -> Self:
        """Given up by the applicant; NotFound for anybody else."""
        if pseudonym != self.applicant:
            raise NotFound
        self.require_open()
        return replace(self, state="withdrawn", version=self.version + 1)

    def lapsed(self) -> Self:
        """The parties' term is over."""
        self.require_open()
        return replace(self, state="lapsed", version=self.version + 1)

    def decided(self, decision: Decision, results: tuple[str, ...] = ()) -> Self:
        """Granted only once every party has consented; refused at any time."""
        self.require_open()
        if decision.outcome == "granted":
            self.require_grantable()
        return replace(self, state=decision.outcome, decision=decision, results=results, version=self.version + 1)

    def reopened(self) -> Self:
        """Open again: its refusal was wrong."""
        if self.state != "refused":
            raise CaseClosed
        state: State = "awaiting-parties" if self.awaiting else "pending"
        return replace(self, state=state, decision=None, results=(), version=self.version + 1)

    def renamed(self, old: str, new: str | None) -> Self:
        """The same with one person under another pseudonym; None hides the person until it is known who it is."""
        if new is None:
            return replace(self, hidden=self.hidden | {old}, version=self.version + 1)
        parties = tuple(replace(p, pseudonym=new) if p.pseudonym == old else p for p in self.parties)
        applicant = new if self.applicant == old else self.applicant
        return replace(self, applicant=applicant, parties=parties, hidden=self.hidden - {old}, version=self.version + 1)

    def require_grantable(self) -> None:
        """What granting does may be done: CaseClosed, CaseAwaitsParties. Nothing is done for somebody of whom it is open
        who it is."""
        self.require_open()
        if self.awaiting or self.hidden:
            raise CaseAwaitsParties

    def require_open(self) -> None:
        """CaseClosed unless it can still be decided."""
        if not self.is_open:
            raise CaseClosed
