"""Adoption: the adopters become parents and guardians, the ties to the parents before end, in one transaction."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from onewindow_contracts.models import identity_life as api

from identity.domain import adoption
from identity.domain.births import in_order
from identity.domain.problems import KinshipNotPossible
from identity.domain.standing import alive
from identity.service.desk import Desk, standing
from identity.service.kinships import create, finish, guard_by_law
from identity.store import kin, papers
from identity.tables import Person


async def register(desk: Desk, command: api.AdoptionCommand) -> Person:
    """The adopted child."""
    on = desk.day(command.adopted_on)
    for paper in command.evidence:
        desk.rules.code("identity.evidence-kinds", paper.kind)
    people = {name: await desk.person(name) for name in sorted({command.child, *command.adopters})}
    child = people[command.child]
    adopters = [people[name] for name in command.adopters]
    if len({child.id, *(adopter.id for adopter in adopters)}) != 1 + len(command.adopters):
        raise KinshipNotPossible
    for person in people.values():
        alive(standing(person))
    in_order(child.birth_date, on)
    spouses = {adopter.id: await _spouse(desk, adopter.id) for adopter in adopters}
    parents = {k.first_id for k in await kin.in_force(desk.session, "parentage", second=child.id)}
    couple = len(adopters) > 1 and spouses[adopters[0].id] == adopters[1].id
    adoption.check(
        [_adopter(adopter, spouses[adopter.id], parents) for adopter in adopters],
        couple,
        child.birth_date,
        child.sex,
        on,
        _ages(desk, on),
    )
    kept = {spouse for spouse in spouses.values() if spouse in parents} if len(adopters) == 1 else set()
    await _end_ties(desk, child, kept, on)
    for adopter in adopters:
        create(desk, "parentage", "adoption", adopter, child, on)
    await guard_by_law(desk, adopters, child, on)
    desk.keep(child, child.urn, command.evidence, change="adoption")
    return child


async def _end_ties(desk: Desk, child: Person, kept: set[UUID | None], on: date) -> None:
    for kind in ("parentage", "guardianship"):
        for kinship in await kin.in_force(desk.session, kind, second=child.id):
            if kinship.first_id not in kept:
                finish(desk, kinship, max(on, kinship.since), "adoption")


async def _spouse(desk: Desk, person: UUID) -> UUID | None:
    for k in await papers.kinships(desk.session, person):
        if k.kind == "marriage" and k.state == "in-force":
            return k.second_id if k.first_id == person else k.first_id
    return None


def _adopter(person: Person, spouse: UUID | None, parents: set[UUID]) -> adoption.Adopter:
    return adoption.Adopter(
        birth_date=person.birth_date,
        sex=person.sex,
        married=spouse is not None,
        spouse_is_parent=spouse in parents,
        is_parent=person.id in parents,
    )


def _ages(desk: Desk, on: date) -> adoption.Ages:
    return adoption.Ages(
        adopter=desk.rules.parameter("adopter-age", on),
        child_below=desk.rules.parameter("adoptee-below-age", on),
        gap=desk.rules.parameter("adoption-age-gap", on),
    )
