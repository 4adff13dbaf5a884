"""Late registration: a person without papers enters a register, new to it or restored. Nobody is unregistrable."""

from __future__ import annotations

from onewindow_contracts.models import identity as api

from identity.domain import law
from identity.domain.late import check_evidence, restores
from identity.domain.problems import EntriesDiffer, PlaceRequired
from identity.domain.standing import Standing, may_enter
from identity.service import numbers, people, registers
from identity.service.desk import Desk, standing
from identity.store import persons
from identity.tables import Household, Person


async def register(desk: Desk, command: api.LateRegistrationCommand) -> Person:
    desk.rules.code("identity.late-registration-categories", command.category)
    handed_in = [paper.kind for paper in command.evidence]
    for kind in handed_in:
        desk.rules.code("identity.evidence-kinds", kind)
    alternatives = desk.rules.parameter("late-registration-evidence", desk.today)[command.category]
    check_evidence(handed_in, alternatives)
    known = None if command.person is None else await desk.person(command.person)
    entries = people.Entries(
        command.name, command.sex, command.birth_date, command.ethnic_group, command.birth_division
    )
    if restores(command.category, None if known is None else standing(known)):
        assert known is not None
        person = _restored(desk, known, entries)
    else:
        since = command.birth_date
        person = await people.enter(desk, entries, Standing.UNREGISTERED, since, "late-registration", law.LATE)
    household = await _place(desk, command)
    await registers.enter(desk, person, household, command.relationship, "late-registration", desk.today, law.LATE)
    if await persons.number_in_force(desk.session, person.id, numbers.OWN) is None:
        await numbers.assign(desk, person, household.division, "late-registration", desk.today)
    desk.keep(person, person.urn, command.evidence, category=command.category)
    return person


def _restored(desk: Desk, person: Person, entries: people.Entries) -> Person:
    """A known person, declared dead even, is registered again."""
    if (person.name, person.sex, person.birth_date) != (entries.name.strip(), entries.sex, entries.birth_date):
        raise EntriesDiffer
    if standing(person) is Standing.DEAD:
        person.died_on = None
        people.stand(desk, person, Standing.UNREGISTERED, desk.today, "corrected", law.LATE)
        desk.changes.notice(person, "revival", desk.today)
    may_enter(standing(person))
    return person


async def _place(desk: Desk, command: api.LateRegistrationCommand) -> Household:
    if command.household is not None:
        return await registers.household(desk, command.household)
    if command.division is None:
        raise PlaceRequired
    return await registers.community_register(desk, command.division, desk.today, law.LATE)
