"""A birth: the child, its number, its registration at a parent's register, its kinship and guardians, in one transaction.

A parent declares it as a case; the office grants it, or registers it at once at its own window.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from onewindow_contracts.models import identity as api
from onewindow_contracts.models.identity_life import BirthDeclaration
from onewindow_kit.cases import Case
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.domain import law
from identity.domain.births import at_a_parents_register, declared_late, in_order, not_in_future
from identity.domain.household import HEAD
from identity.domain.marriage import WOMAN
from identity.domain.problems import DateOutOfOrder, HeadExists, NotAParentsRegister, NothingChanges, ParentRequired
from identity.domain.standing import Standing, alive
from identity.service import casework, kinships, names, numbers, people, registers
from identity.service.desk import Desk, standing
from identity.store import kin, persons
from identity.store import registers as stored
from identity.tables import Person

KIND = "birth"


async def register(desk: Desk, command: api.BirthCommand) -> Person:
    declared_on = desk.day(command.declared_on)
    in_order(not_in_future(command.birth_date, desk.today), declared_on)
    months = desk.rules.parameter("birth-declaration-months", declared_on)
    late = declared_late(command.birth_date, declared_on, desk.today, months)
    named = {name for name in (command.mother, command.father) if name is not None}
    parents = list({p.id: p for p in [await desk.person(name) for name in sorted(named)]}.values())
    if any(parent.birth_date >= command.birth_date for parent in parents):
        raise DateOutOfOrder
    same = await kin.children(desk.session, [parent.id for parent in parents], command.birth_date)
    if any(child.name == command.name.strip() for child in same):
        raise NothingChanges("A child of that name and day of birth is registered for a parent already.")
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
    await kinships.guard_by_law(desk, parents, child, command.birth_date)
    desk.keep(child, child.urn, [], certificate=command.certificate)
    return child


async def declare(desk: Desk, citizen: str, declaration: BirthDeclaration) -> Case:
    """What can be checked now is, so that nobody waits for a refusal; the office sees the certificate."""
    me = await desk.person(citizen)
    alive(standing(me))
    other = None
    if (named := declaration.other_parent) is not None:
        other = await names.by_number(desk, named.scheme, named.number, named.name)
        if other.id == me.id:
            raise ParentRequired("The other parent is another person.")
    on, born = desk.today, declaration.birth_date
    declared_late(born, on, on, desk.rules.parameter("birth-declaration-months", on))
    people.check(
        desk,
        people.Entries(declaration.name, declaration.sex, born, declaration.ethnic_group, declaration.birth_division),
    )
    desk.rules.code("relationships", declaration.relationship)
    if declaration.relationship == HEAD:
        raise HeadExists
    place = me if declaration.register_ == "mine" else other
    if place is None or await stored.open_registration(desk.session, place.id) is None:
        raise NotAParentsRegister
    people_ = {}
    if other is not None:
        people_["other-parent"] = (await persons.pseudonyms(desk.session, [other.id], "identity"))[other.id]
    asked = declaration.model_dump(mode="json", exclude={"other_parent"}, by_alias=True)
    days = desk.rules.parameter("decision-days", on)
    return await casework.apply(desk, KIND, citizen, asked, decide_days=days, people=people_, alone=False)


async def grant(desk: Desk, _session: AsyncSession, case: Case, _answer: Mapping[str, Any]) -> list[str]:
    """Registered as declared on the day of the declaration."""
    asked = casework.asked(case)
    other = casework.person(case, "other-parent")
    me = await desk.person(case.applicant)
    place = me if asked["register"] == "mine" or other is None else await desk.person(other)
    mother, father = (case.applicant, other) if me.sex == WOMAN else (other, case.applicant)
    registration = await stored.open_registration(desk.session, place.id)
    if registration is None:
        raise NotAParentsRegister
    child = await register(
        desk,
        api.BirthCommand(
            name=asked["name"],
            sex=asked["sex"],
            birth_date=date.fromisoformat(asked["birth_date"]),
            ethnic_group=asked["ethnic_group"],
            birth_division=asked["birth_division"],
            mother=mother,
            father=father,
            household=registration.household,
            relationship=asked["relationship"],
            certificate=asked["certificate"],
            declared_on=case.applied_on,
        ),
    )
    return [child.urn]
