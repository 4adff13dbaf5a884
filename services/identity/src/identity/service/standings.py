"""Death, departure and return: a registration ends or begins for a reason other than birth and move."""

from __future__ import annotations

from onewindow_contracts.models import identity as api

from identity.domain import law
from identity.domain.births import in_order, not_in_future
from identity.domain.problems import MoveOpen, NotAdmissible
from identity.domain.standing import Standing, alive
from identity.service import cards, kinships, moves, numbers, registers, stays
from identity.service.desk import Desk, standing
from identity.service.people import stand
from identity.store import persons
from identity.store import registers as stored
from identity.tables import Person


async def die(desk: Desk, pseudonym: str, version: int, command: api.DeathCommand) -> Person:
    """Ends the registration, an open move, the card and the marriage; every sector is told."""
    person = await desk.person_at(pseudonym, version)
    alive(standing(person))
    on = not_in_future(command.died_on, desk.today)
    in_order(person.birth_date, on)
    for paper in command.evidence:
        desk.rules.code("identity.evidence-kinds", paper.kind)
    if standing(person) is Standing.REGISTERED:
        await registers.leave(
            desk, person, "death", Standing.DEAD, on, law.DEATH, command.new_head, command.relationships
        )
    await moves.close(desk, person, on)
    stand(desk, person, Standing.DEAD, on, "varied", law.DEATH)
    person.died_on = on
    await cards.cancel(desk, person, on)
    await stays.close(desk, person, on, "death")
    await kinships.end_by_death(desk, person, on)
    desk.changes.notice(person, "death", on)
    desk.keep(person, person.urn, command.evidence)
    return person


async def depart(desk: Desk, pseudonym: str, version: int, command: api.DepartureCommand) -> Person:
    """A registration ends for the stated reason."""
    person = await desk.person_at(pseudonym, version)
    on = desk.day(command.left_on)
    if await stored.open_move(desk.session, person.id) is not None:
        raise MoveOpen
    await registers.leave(
        desk,
        person,
        command.standing,
        Standing(command.standing),
        on,
        law.STANDING,
        command.new_head,
        command.relationships,
    )
    desk.changes.notice(person, "moved", on)
    desk.keep(person, person.urn, [], reason=command.reason)
    return person


async def enter(desk: Desk, pseudonym: str, version: int, command: api.EntryCommand) -> Person:
    """A person without a registration enters a register."""
    person = await desk.person_at(pseudonym, version)
    if standing(person) is Standing.FOREIGN:
        raise NotAdmissible
    on = desk.day(command.entered_on)
    in_order(person.birth_date, person.standing_since, on)
    household = await registers.household(desk, command.household)
    await registers.enter(desk, person, household, command.relationship, "return", on, law.REGISTER)
    if await persons.number_in_force(desk.session, person.id, numbers.OWN) is None:
        await numbers.assign(desk, person, household.division, "admission", on)
    desk.changes.notice(person, "moved", on)
    desk.keep(person, person.urn, [], reason=command.reason)
    return person
