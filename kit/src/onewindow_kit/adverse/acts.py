"""The steps of adverse acts as use cases: each in the caller's transaction, each published, none committed here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.adverse.act import Act, Ground, Officer, Ruling
from onewindow_kit.adverse.basis import Bases, Basis
from onewindow_kit.adverse.kind import Kind
from onewindow_kit.adverse.problems import AuthorMissing
from onewindow_kit.adverse.record import record_of
from onewindow_kit.adverse.store import Store
from onewindow_kit.cases import Cases
from onewindow_kit.decide import Principal
from onewindow_kit.evidence import Claim, Evidence
from onewindow_kit.problems import NotFound, Problem
from onewindow_kit.records import Record, Records, new_urn

COMPENSATION = "compensation"
"""The kind of case that undoing an act opens; a department that has adverse acts has this kind of case."""
Versioned = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One act that an officer wants done: to whom, why, on which evidence (URNs), and what (JSON, for the effect)."""

    subject: str
    reason: str
    evidence: Sequence[str]
    content: Mapping[str, Any] = field(default_factory=dict)
    concerns: Sequence[str] = ()


class Acts:
    """A department's adverse acts on its topic (``transport.adverse-act.v1``). ``context`` is the department's own."""

    def __init__(
        self,
        records: Records,
        topic: str,
        kinds: Iterable[Kind],
        bases: Bases,
        evidence: Evidence,
        cases: Cases,
        decide_by: Callable[[date], date],
    ) -> None:
        """``decide_by`` gives the last day on which a compensation opened on a day must be decided."""
        self._records, self._topic, self._bases, self._evidence = records, topic, bases, evidence
        self._kinds = {kind.name: kind for kind in kinds}
        self._cases, self._decide_by = cases, decide_by
        self._store = Store(records.sealer)

    async def propose(
        self,
        context: Any,
        session: AsyncSession,
        caller: Principal,
        kind: str,
        basis: str,
        wanted: Sequence[Wanted],
        on: date,
    ) -> list[Act]:
        """What an officer wants done to people, in order of ``wanted``: each refused, held, proposed or in force.

        AuthorMissing and BasisNotHeld leave nothing: nobody was named rightly. From there on every attempt stands in its
        person's record, the refused ones too. What is merely adverse is in force at once.
        """
        what = self._kinds[kind]
        author = _officer(caller, with_unit=what.degree == "restrictive")
        authority = str(caller.authority)
        ground = self._bases.held(basis, authority, kind, on)
        claims = [Claim(each.subject, tuple(each.evidence)) for each in wanted]
        confirmed = await self._evidence.confirmed(session, ground, claims)
        acts = [self._new(what, authority, author, ground, each, on) for each in wanted]
        doubts = await self._doubts(session, authority, ground, [act.subject for act in acts], on)
        made = []
        for act, shown in zip(acts, confirmed, strict=True):
            if not shown:
                made.append(replace(act.refused("evidence-not-confirmed"), version=1))
            elif grounds := doubts(act.subject):
                made.append(replace(act.held(grounds), version=1))
            else:
                made.append(act)
        await self._store.add(session, made)
        await self._publish(session, made)
        if what.degree == "adverse":
            made = [
                await self._take_effect(context, session, act, on) if act.state == "proposed" else act for act in made
            ]
        return made

    async def by_law(
        self,
        session: AsyncSession,
        kind: str,
        basis: str,
        authority: str,
        wanted: Wanted,
        results: Sequence[str],
        before: Mapping[str, Any],
        on: date,
    ) -> Act:
        """What the law itself does where a count is reached: in force already, on records that this department counted."""
        what = self._kinds[kind]
        ground = self._bases.held(basis, authority, kind, on)
        act = self._new(what, authority, Officer(None, None), ground, wanted, on)
        act = replace(act.done(tuple(results), before, on), version=1)
        await self._store.add(session, [act])
        await self._publish(session, [act])
        return act

    async def decide(
        self,
        context: Any,
        session: AsyncSession,
        caller: Principal,
        wanted: Sequence[Versioned],
        outcome: Literal["approved", "refused"],
        reason: str,
        on: date,
    ) -> list[Act]:
        """A second officer's word on proposed restrictive acts of the same office; NotFound for acts of another.

        What has become doubtful since it was proposed is held instead of taking effect.
        """
        officer = _officer(caller, with_unit=False)
        ruling = Ruling(outcome, str(caller.authority), str(officer.id), officer.unit, reason, on)
        acts = await self._found(session, wanted, caller.authority)
        ruled = [act.approved(ruling) for act in acts]
        if outcome == "refused":
            return await self._keep(session, ruled)
        done = []
        for act in ruled:
            ground = self._bases.held(act.basis, act.authority, act.kind, act.acted_on)
            doubts = await self._doubts(session, act.authority, ground, [act.subject], act.acted_on)
            if not act.released and (grounds := doubts(act.subject)):
                done += await self._keep(session, [replace(act, rulings=act.rulings[:-1]).held(grounds)])
            else:
                done.append(await self._take_effect(context, session, act, on))
        return done

    async def rule(
        self,
        context: Any,
        session: AsyncSession,
        caller: Principal,
        wanted: Sequence[Versioned],
        outcome: Literal["released", "refused"],
        reason: str,
        on: date,
    ) -> list[Act]:
        """The supervisor's word on held acts. A released restrictive one still needs its second officer."""
        officer = _officer(caller, with_unit=False)
        ruling = Ruling(outcome, str(caller.authority), str(officer.id), officer.unit, reason, on)
        acts = await self._keep(session, [act.ruled(ruling) for act in await self._found(session, wanted, None)])
        return [
            await self._take_effect(context, session, act, on)
            if act.state == "proposed" and act.degree == "adverse"
            else act
            for act in acts
        ]

    async def undo(
        self,
        context: Any,
        session: AsyncSession,
        caller: Principal,
        urn: str,
        version: int,
        authority: str | None,
        reason: str,
        on: date,
    ) -> Act:
        """A wrong act is undone: what was before holds again, and a case for compensation is open.

        ``authority``: NotFound for an act of another office; None for the supervisor.
        """
        _officer(caller, with_unit=False)
        [act] = await self._found(session, [(urn, version)], authority)
        act.require_in_force()
        restored = await self._kinds[act.kind].undo(context, session, act)
        case = await self._cases.open(
            context,
            session,
            COMPENSATION,
            act.subject,
            {"act": act.urn, "reason": reason},
            on=on,
            decide_by=self._decide_by(on),
            concerns=[act.urn, *restored],
            authority=act.authority,
        )
        [act] = await self._keep(session, [act.undone(reason, on, case.urn)])
        return act

    async def find(self, session: AsyncSession, urn: str, authority: str | None = None) -> Act:
        """An act; of the office ``authority`` only. NotFound otherwise."""
        act = await self._store.read(session, urn)
        if act is None or authority not in (None, act.authority):
            raise NotFound
        return act

    async def listing(
        self, session: AsyncSession, authority: str | None, state: str, after: str | None, limit: int
    ) -> list[Act]:
        """Acts in a state in order of URN; ask for one more than a page to see whether there is another."""
        return await self._store.listed(session, authority, state, after or "", limit)

    async def matter(
        self, session: AsyncSession, urn: str, person: str, authority: str, *, is_open: bool, about: str | None = None
    ) -> None:
        """A question or dispute of somebody against an office is open, or no longer; ``about`` is the disputed record."""
        await self._store.matter(session, urn, person, authority, is_open=is_open, about=about)

    async def rename(self, session: AsyncSession, old: str, new: str) -> None:
        """A person goes by another pseudonym from now on."""
        acts = await self._store.of_person(session, old)
        await self._keep(session, [act.renamed(old, new) for act in acts])
        await self._store.rename(session, old, new)

    def record(self, act: Act) -> Record:
        """The act's record, as answers carry it."""
        return record_of(act, self._topic)

    def _new(self, kind: Kind, authority: str, author: Officer, ground: Basis, wanted: Wanted, on: date) -> Act:
        return Act(
            urn=new_urn(authority, "adverse-act"),
            kind=kind.name,
            degree=kind.degree,
            authority=authority,
            subject=wanted.subject,
            basis=ground.id,
            legal_basis=ground.legal_basis,
            remedy=ground.remedy,
            reason=wanted.reason,
            evidence=tuple(wanted.evidence),
            author=author,
            acted_on=on,
            content=dict(wanted.content),
            concerns=tuple(wanted.concerns),
        )

    async def _doubts(
        self, session: AsyncSession, authority: str, ground: Basis, people: Sequence[str], on: date
    ) -> Callable[[str], tuple[Ground, ...]]:
        """Why an act on each of the people must wait for the supervisor."""
        crowd = await self._store.people_of_day(session, authority, on, people) > ground.limit
        disputing = await self._store.in_dispute(session, people, authority)

        def doubts(person: str) -> tuple[Ground, ...]:
            many: tuple[Ground, ...] = ("too-many-subjects",) if crowd else ()
            return (*many, "open-matter") if person in disputing else many

        return doubts

    async def _take_effect(self, context: Any, session: AsyncSession, act: Act, on: date) -> Act:
        try:
            effect = await self._kinds[act.kind].effect(context, session, act)
        except Problem as problem:
            problem.extra["act"] = act.urn  # of many, the one that cannot be done
            raise
        [act] = await self._keep(session, [act.done(tuple(effect.results), effect.before, on)])
        return act

    async def _found(self, session: AsyncSession, wanted: Sequence[Versioned], authority: str | None) -> list[Act]:
        acts = await self._store.held(session, wanted)
        if len(acts) != len(set(wanted)) or any(authority not in (None, act.authority) for act in acts):
            raise NotFound
        return acts

    async def _keep(self, session: AsyncSession, acts: list[Act]) -> list[Act]:
        await self._store.keep(session, acts)
        await self._publish(session, acts)
        return acts

    async def _publish(self, session: AsyncSession, acts: Sequence[Act]) -> None:
        if acts:
            await self._records.publish(session, *(record_of(act, self._topic) for act in acts))


def _officer(caller: Principal, *, with_unit: bool) -> Officer:
    """Who acts, as the office vouches: AuthorMissing without an officer, or without the unit where that counts."""
    if caller.authority is None or caller.actor is None or (with_unit and caller.unit is None):
        raise AuthorMissing
    return Officer(caller.actor, caller.unit)
