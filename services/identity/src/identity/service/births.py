"""A birth: the child, its number, its registration at a parent's register, and its kinship, in one transaction."""

from __future__ import annotations

from onewindow_contracts.models import identity as api

from identity.domain import law
from identity.domain.births import at_a_parents_register, declared_late, in_order, not_in_future
from identity.domain.standing import Standing
from identity.service import kinships, numbers, people, registers
from identity.service.desk import Desk
from identity.store import registers as stored
from identity.tables import Person


async def register(desk: Desk, command: api.BirthCommand) -> Person:
    declared_on = desk.day(command.declared_on)
    in_order(not_in_future(command.birth_date, desk.today), declared_on)
    months = desk.rules.parameter("birth-declaration-months", declared_on)
    late = declared_late(command.birth_date, declared_on, desk.today, months)
    named = {name for name in (command.mother, command.father) if name is not None}
    parents = [await desk.person(name) for name in sorted(named)]
    places = [await stored.open_registration(desk.session, parent.id) for parent in parents]
    at_a_parents_register(command.household, [place and place.household for place in places])
    household = await registers.household(desk, command.household)
    entries = people.Entries(
        command.name, command.sex, command.birth_date, command.ethnic_group, command.birth_division
    )
    child = await people.enter(desk, entries, Standing.UNREGISTERED, command.birth_date, "birth", law.BIRTH, late=late)
    await registers.enter(desk, child, household, command.relationship, "birth", declared_on, law.BIRTH)
    await numbers.assign(desk, child, household.division, "birth", declared_on)
    for parent in parents:
        kinships.create(desk, "parentage", "birth", parent, child, command.birth_date)
    desk.keep(child, child.urn, [], certificate=command.certificate)
    return child
