"""Kinship, marriage and guardianship: records of their own, never inferred from a household."""

from __future__ import annotations

from datetime import date

from onewindow_contracts.models import identity as api
from onewindow_kit.problems import NotFound

from identity.domain import law
from identity.domain.births import in_order, not_in_future
from identity.domain.kinship import check_new, check_parties, may_end
from identity.domain.standing import alive
from identity.events.bodies import KINSHIP_ROLES
from identity.service.desk import Desk, at_version, standing
from identity.store import papers, persons
from identity.tables import Kinship, Person


async def register(desk: Desk, command: api.KinshipCommand) -> Kinship:
    on = desk.day(command.since)
    roles = KINSHIP_ROLES[command.kind]
    first, second = sorted(command.parties, key=lambda party: (party.role != roles[0], party.role))
    check_parties(command.kind, command.basis, roles, (first.role, second.role), first.person == second.person)
    people = {
        party.person: await desk.person(party.person) for party in sorted(command.parties, key=lambda p: p.person)
    }
    one, other = people[first.person], people[second.person]
    if command.kind != "parentage":
        alive(standing(one))
        alive(standing(other))
    in_order(max(one.birth_date, other.birth_date), on)
    in_force = [
        (k.kind, one.id == k.first_id, other.id in (k.first_id, k.second_id))
        for k in await papers.kinships(desk.session, one.id)
        if k.state == "in-force"
    ]
    married = any(k.kind == "marriage" and k.state == "in-force" for k in await papers.kinships(desk.session, other.id))
    check_new(command.kind, in_force, married, one.birth_date, other.birth_date)
    return create(desk, command.kind, command.basis, one, other, on)


def create(desk: Desk, kind: str, basis: str, first: Person, second: Person, since: date) -> Kinship:
    """A kinship in force; ``first`` is the parent or guardian."""
    kinship = Kinship(
        urn=desk.office.urn("kinship"), kind=kind, basis=basis, since=since, first_id=first.id, second_id=second.id
    )
    desk.changes.created(kinship, since, law.BIRTH if basis == "birth" else law.KINSHIP)
    return kinship


async def end(desk: Desk, urn: str, version: int, command: api.KinshipEnd) -> Kinship:
    found = await papers.kinship(desk.session, urn)
    if found is None:
        raise NotFound
    await persons.lock(desk.session, [found.first_id, found.second_id])
    kinship = await papers.kinship(desk.session, urn, lock=True)
    assert kinship is not None, "kinships are never deleted"
    at_version(kinship, version)
    may_end(kinship.kind, kinship.state)
    on = not_in_future(command.ended_on, desk.today)
    in_order(kinship.since, on)
    _end(desk, kinship, on)
    first = await desk.session.get_one(Person, kinship.first_id)
    desk.keep(first, kinship.urn, [], reason=command.reason)
    return kinship


async def end_by_death(desk: Desk, person: Person, on: date) -> None:
    """Marriage and guardianship end with a life; parentage stays."""
    for kinship in await papers.kinships(desk.session, person.id):
        if kinship.state == "in-force" and kinship.kind != "parentage":
            _end(desk, kinship, max(on, kinship.since))


def _end(desk: Desk, kinship: Kinship, on: date) -> None:
    kinship.state, kinship.ended_on = "ended", on
    desk.changes.touch(kinship, "ended", on, law.KINSHIP)
