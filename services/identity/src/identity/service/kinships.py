"""Kinship, marriage and guardianship: records of their own, never inferred from a household."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onewindow_contracts.models import identity as api
from onewindow_kit.problems import NotFound

from identity.domain import law
from identity.domain.births import in_order, not_in_future
from identity.domain.kinship import (
    DEFAULT_ENDING,
    check_guardianship,
    check_parentage,
    check_parties,
    due_on,
    may_end,
)
from identity.domain.standing import Standing, alive
from identity.events.bodies import KINSHIP_ROLES
from identity.service import marriages
from identity.service.desk import Desk, at_version, standing
from identity.store import kin, papers, persons
from identity.tables import Kinship, Person

BATCH = 200  # not a rule: how many in one transaction
BASES = {"parentage": law.KINSHIP, "marriage": law.MARRIAGE, "guardianship": law.GUARDIANSHIP}


async def register(desk: Desk, command: api.KinshipCommand) -> Kinship:
    on = desk.day(command.since)
    roles = KINSHIP_ROLES[command.kind]
    first, second = sorted(command.parties, key=lambda party: (party.role != roles[0], party.role))
    check_parties(command.kind, command.basis, roles, (first.role, second.role), first.person == second.person)
    people = {
        party.person: await desk.person(party.person) for party in sorted(command.parties, key=lambda p: p.person)
    }
    one, other = people[first.person], people[second.person]
    # Two names of one person, an earlier one among them, are one person.
    check_parties(command.kind, command.basis, roles, (first.role, second.role), one.id == other.id)
    in_order(max(one.birth_date, other.birth_date), on)
    match command.kind:
        case "marriage":
            return await marriages.marry(desk, one, other, on, rules_of=on)
        case "guardianship":
            return await _appoint(desk, one, other, on)
        case _:
            return await _acknowledge(desk, command.basis, one, other, on)


async def _acknowledge(desk: Desk, basis: str, parent: Person, child: Person, on: date) -> Kinship:
    parents = await kin.in_force(desk.session, "parentage", second=child.id)
    check_parentage(parent.birth_date, child.birth_date, len(parents), any(k.first_id == parent.id for k in parents))
    kinship = create(desk, "parentage", basis, parent, child, on)
    await guard_by_law(desk, [parent], child, on)
    return kinship


async def _appoint(desk: Desk, guardian: Person, ward: Person, on: date) -> Kinship:
    """Guardianship by decision: of a minor until majority, of somebody of age until another decision."""
    for person in (guardian, ward):
        alive(standing(person))
    majority = desk.rules.parameter("majority-age", on)
    ties = [
        k.first_id == ward.id
        for k in await papers.kinships(desk.session, guardian.id)
        if k.kind == "guardianship" and k.state == "in-force" and ward.id in (k.first_id, k.second_id)
    ]
    check_guardianship(guardian.birth_date, on, majority, ties)
    return create(desk, "guardianship", "appointment", guardian, ward, on, due_on(ward.birth_date, on, majority))


async def guard_by_law(desk: Desk, parents: Sequence[Person], child: Person, on: date) -> None:
    """Living parents are the guardians of a living minor (民法典 27)."""
    until = due_on(child.birth_date, on, desk.rules.parameter("majority-age", desk.today))
    if until is None or until <= desk.today or standing(child) is Standing.DEAD:
        return
    guarded = {k.first_id for k in await kin.in_force(desk.session, "guardianship", second=child.id)}
    for parent in parents:
        if parent.id not in guarded and standing(parent) is not Standing.DEAD:
            create(desk, "guardianship", "law", parent, child, on, until)


def create(
    desk: Desk, kind: str, basis: str, first: Person, second: Person, since: date, due: date | None = None
) -> Kinship:
    """A kinship in force; ``first`` is the parent or guardian; it ends by itself on ``due``."""
    kinship = Kinship(
        urn=desk.office.urn("kinship"),
        kind=kind,
        basis=basis,
        since=since,
        first_id=first.id,
        second_id=second.id,
        due_on=due,
    )
    desk.changes.created(kinship, since, law.BIRTH if basis == "birth" else BASES[kind])
    return kinship


async def end(desk: Desk, urn: str, version: int, command: api.KinshipEnd) -> Kinship:
    """A judgment ends a marriage, a decision a guardianship."""
    kinship = await held(desk, urn)
    at_version(kinship, version)
    ending = command.ending or DEFAULT_ENDING.get(kinship.kind, "")
    may_end(kinship.kind, kinship.state, ending)
    on = not_in_future(command.ended_on, desk.today)
    in_order(kinship.since, on)
    finish(desk, kinship, on, ending)
    first = await desk.session.get_one(Person, kinship.first_id)
    desk.keep(first, kinship.urn, [], reason=command.reason)
    return kinship


async def held(desk: Desk, urn: str) -> Kinship:
    """A kinship with both persons, held until the end of the transaction; NotFound."""
    found = await papers.kinship(desk.session, urn)
    if found is None:
        raise NotFound
    await persons.lock(desk.session, [found.first_id, found.second_id])
    kinship = await papers.kinship(desk.session, urn, lock=True)
    assert kinship is not None, "kinships are never deleted"
    return kinship


async def end_by_death(desk: Desk, person: Person, on: date) -> None:
    """Marriage and guardianship end with a life; parentage stays."""
    for kinship in await papers.kinships(desk.session, person.id):
        if kinship.state == "in-force" and kinship.kind != "parentage":
            finish(desk, kinship, max(on, kinship.since), "death")


async def end_at_majority(desk: Desk) -> int:
    """A duty: guardianships of who has come of age end on that day; how many."""
    found = await kin.due(desk.session, desk.today, BATCH)
    await persons.lock(desk.session, [id for kinship in found for id in (kinship.first_id, kinship.second_id)])
    ended = 0
    for kinship in found:
        await desk.session.refresh(kinship)
        if kinship.state == "in-force" and kinship.due_on is not None and kinship.due_on <= desk.today:
            finish(desk, kinship, kinship.due_on, "majority")
            ended += 1
    return ended


async def due_again(desk: Desk, ward: Person) -> None:
    """The ward's birth date was corrected: guardianship of a minor ends on another day."""
    majority = desk.rules.parameter("majority-age", desk.today)
    for kinship in await kin.in_force(desk.session, "guardianship", second=ward.id):
        if kinship.due_on is not None:
            kinship.due_on = due_on(ward.birth_date, kinship.since, majority) or kinship.since
            desk.session.add(kinship)


def finish(desk: Desk, kinship: Kinship, on: date, ending: str) -> None:
    kinship.state, kinship.ended_on, kinship.ending = "ended", on, ending
    desk.changes.touch(kinship, "ended", on, BASES[kinship.kind])
