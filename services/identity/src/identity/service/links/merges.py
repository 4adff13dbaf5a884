"""A merge: one person remains, with everything that either had and nothing twice."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from onewindow_contracts.models import identity_links as api

from identity.domain import law
from identity.domain.link_refusals import NumberContested
from identity.domain.merging import may_merge, place_holds, two_entries
from identity.domain.standing import Standing
from identity.events.links import LinkWord, Told
from identity.service.desk import SECTOR, Desk, standing
from identity.service.links import doubles, places, trace
from identity.service.links.terms import hold
from identity.service.links.trace import Trace
from identity.store import belongings, links, persons
from identity.tables import Correction, Identification, LinkDecision, Person
from identity.tables.persons import Pseudonym


async def check(desk: Desk, survivor: Person, losing: Person, *, dead_with_alive: bool) -> None:
    """What can be said before anything happens; said again when the second officer confirms."""
    two_entries(survivor.id, losing.id)
    may_merge(standing(survivor), standing(losing), dead_with_alive=dead_with_alive)
    await doubles.check_kin(desk, survivor, losing)
    numbers = {row.urn for id in (survivor.id, losing.id) for row in await persons.identifications(desk.session, id)}
    for conflict in await belongings.open_conflicts(desk.session, numbers):
        if not {conflict.holder, conflict.claimant} <= numbers:
            raise NumberContested


async def merge(desk: Desk, decision: LinkDecision, terms: api.MergeProposal) -> None:
    """The decision's two persons become one; what was done to each row is kept with the decision."""
    assert decision.other_id is not None, "a merge is of two"
    await persons.lock(desk.session, {decision.survivor_id, decision.other_id, *await _named(desk, terms)})
    held = {person.id: person for person in await hold(desk, {decision.survivor_id, decision.other_id})}
    survivor, losing = held[decision.survivor_id], held[decision.other_id]
    await check(desk, survivor, losing, dead_with_alive=terms.dead_with_alive)
    on = desk.today
    rows = await belongings.of(desk.session, [survivor.id, losing.id])
    numbers = {row.urn for row in rows if isinstance(row, Identification)}
    conflicts = await belongings.open_conflicts(desk.session, numbers)
    before = Trace([survivor, losing, *rows, *conflicts])
    names = await links.names(desk.session, losing.id)
    holds = place_holds(standing(survivor), standing(losing))

    await doubles.numbers(desk, survivor, losing, conflicts, on)
    await places.settle(desk, survivor, losing, holds, on, terms)
    await doubles.cards(desk, survivor, losing, on)
    await doubles.kinships(desk, survivor, losing, on)
    await doubles.representations(desk, survivor, losing, on)
    _close_corrections(desk, rows, losing, on)
    await desk.session.flush()

    _hand_over(desk, rows, survivor, losing, on)
    losing.merged_into, losing.standing, losing.standing_since = survivor.id, Standing.UNREGISTERED, on
    survivor.link_order = losing.link_order = decision.link_order = await links.next_order(desk.session)
    desk.changes.touch(losing, "merged", on, law.LINK)
    desk.changes.touch(survivor, "merged", on, law.LINK)
    cases = await _cases(desk, survivor, names, on)
    await desk.session.flush()
    moved = before.moved()
    await _names(desk, survivor, losing, names, on)
    decision.moved = trace.write(moved, [name.pseudonym for name in names], cases)


async def _named(desk: Desk, terms: api.MergeProposal) -> set[UUID]:
    """Who else is spoken of: held in one order with the two, so that nobody waits for somebody who waits."""
    spoken = [statement.person for statement in terms.relationships or []]
    people = [await persons.by_pseudonym(desk.session, name) for name in (*spoken, terms.new_head) if name is not None]
    return {person.id for person in people if person is not None}


def _hand_over(desk: Desk, rows: list[belongings.Row], survivor: Person, losing: Person, on: date) -> None:
    """Every record becomes the survivor's, past ones too."""
    for row in rows:
        mine = [column for column in belongings.owners(row) if getattr(row, column) == losing.id]
        for column in mine:
            setattr(row, column, survivor.id)
        if mine:
            desk.session.add(row)
            if hasattr(row, "urn") and hasattr(row, "version"):
                desk.changes.touch(row, "merged", on, law.LINK)


def _close_corrections(desk: Desk, rows: list[belongings.Row], losing: Person, on: date) -> None:
    """What was proposed of entries that hold no more is refused."""
    for row in rows:
        if isinstance(row, Correction) and row.person_id == losing.id and row.state == "proposed":
            row.state, row.decided_by, row.decided_on = "refused", desk.actor, on
            desk.session.add(row)


async def _cases(desk: Desk, survivor: Person, names: list[Pseudonym], on: date) -> list[str]:
    """Cases of the losing name go on under the survivor's."""
    old = next(name.pseudonym for name in names if name.sector == SECTOR and name.current)
    new = next(n.pseudonym for n in await links.names(desk.session, survivor.id) if n.sector == SECTOR and n.current)
    moved = []
    for case in await desk.cases.of_person(desk.session, old):
        await desk.cases.rename(desk.session, case.urn, old, new, "merged", on)
        moved.append(case.urn)
    return moved


async def _names(desk: Desk, survivor: Person, losing: Person, names: list[Pseudonym], on: date) -> None:
    """The losing names become aliases; where the survivor has none in a sector, the name is the survivor's now."""
    gone = [Pseudonym(**name.model_dump()) for name in names]
    present = {n.sector: n.pseudonym for n in await links.names(desk.session, survivor.id) if n.current}
    for name in names:
        told = name.sector in present and name.current
        name.person_id, name.current = survivor.id, name.current and name.sector not in present
        desk.session.add(name)
        if told and name.sector in desk.office.notices:
            into = present[name.sector]
            body = {"kind": "merged", "occurred_on": on.isoformat(), "into": into}
            desk.changes.tell(Told(name.sector, name.pseudonym, on, body))
    await desk.session.flush()
    desk.changes.link(survivor, LinkWord(survivor, "merged"))
    desk.changes.link(losing, LinkWord(losing, "merged", gone=gone))
