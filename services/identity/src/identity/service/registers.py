"""Entering and leaving household registers: rows follow what the domain's household allows."""

from __future__ import annotations

from datetime import date

from onewindow_contracts.models import identity as api
from onewindow_kit.problems import NotFound

from identity.domain import household as circle
from identity.domain.births import in_order
from identity.domain.standing import Standing, may_enter, may_leave
from identity.service import stays
from identity.service.desk import Desk, standing
from identity.service.people import stand
from identity.store import persons, registers
from identity.tables import Household, Person, Registration
from identity.tables.columns import blind_household

COMMUNITY = "community|"


async def household(desk: Desk, urn: str) -> Household:
    """The register, held until the end of the transaction; NotFound."""
    row = await registers.household(desk.session, urn, lock=True)
    if row is None:
        raise NotFound
    return row


async def open_register(
    desk: Desk, place: api.HouseholdPlace, on: date, basis: str, *, code: str | None = None
) -> Household:
    """A new register without members, in a division of this office."""
    desk.rules.own_district(place.division, on)
    row = Household(
        urn=desk.office.urn("household"),
        kind=place.kind,
        division=place.division,
        neighbourhood=place.neighbourhood,
        address=place.address,
        code=code,
        code_blind=None if code is None else blind_household(code),
        opened_on=on,
    )
    desk.changes.created(row, on, basis)
    await desk.session.flush()
    return row


async def community_register(desk: Desk, division: str, on: date, basis: str) -> Household:
    """The collective register of a division, for whom no household takes in."""
    code = f"{COMMUNITY}{division}"
    await persons.take_turns(desk.session, f"household|{code}")
    found = await registers.household_by_code(desk.session, blind_household(code))
    if found is not None:
        return found
    place = api.HouseholdPlace(kind="collective", division=division, address="社区集体户")
    return await open_register(desk, place, on, basis, code=code)


async def enter(
    desk: Desk, person: Person, row: Household, relationship: str | None, entry: str, on: date, basis: str
) -> Registration:
    """The person, who stands in no register, enters one."""
    if standing(person) is not Standing.IN_TRANSIT or entry != "move":
        may_enter(standing(person))
    desk.rules.code("relationships", relationship)
    in_order(row.opened_on, on)
    return await _inscribe(desk, person, row, relationship, entry, on, basis)


async def _inscribe(
    desk: Desk, person: Person, row: Household, relationship: str | None, entry: str, on: date, basis: str
) -> Registration:
    inside, _ = await _circle(desk, row)
    inside.enter(str(person.id), relationship)
    change = "moved" if entry == "move" else "varied"
    registration = Registration(
        urn=desk.office.urn("household-registration"),
        person_id=person.id,
        household=row.urn,
        relationship=relationship,
        entry=entry,
        registered_on=on,
    )
    desk.changes.created(registration, on, basis)
    _circle_changed(desk, row, on, basis)
    stand(desk, person, Standing.REGISTERED, on, change, basis)
    await desk.session.flush()
    await stays.close(desk, person, on, "registered")
    return registration


async def leave(
    desk: Desk,
    person: Person,
    exit: str,
    to: Standing,
    on: date,
    basis: str,
    new_head: str | None = None,
    relationships: list[api.RelationshipStatement] | None = None,
) -> Registration:
    """The person leaves the register; a departing head is followed by another in this transaction."""
    may_leave(standing(person))
    registration = await registers.open_registration(desk.session, person.id)
    assert registration is not None, "who stands as registered has an open registration"
    row = await household(desk, registration.household)
    in_order(registration.registered_on, on)
    inside, rows = await _circle(desk, row, person)
    head, stated = await _stated(desk, new_head, relationships)
    inside.leave(str(person.id), head, stated)
    registration.exit, registration.ended_on = exit, on
    desk.changes.touch(registration, "ended", on, basis)
    await desk.session.flush()
    await _follow(desk, inside, rows, on, basis)
    if not inside.open:
        row.state, row.closed_on = "closed", on
    _circle_changed(desk, row, on, basis)
    stand(desk, person, to, on, "varied", basis)
    return registration


async def reopen(desk: Desk, person: Person, registration: Registration, on: date, basis: str) -> None:
    """A certificate expired: the losing register takes the person back."""
    row = await household(desk, registration.household)
    inside, _ = await _circle(desk, row)
    inside.reopen(str(person.id), registration.relationship)
    registration.exit = registration.ended_on = None
    registration.relationship = inside.members[str(person.id)]
    desk.changes.touch(registration, "varied", on, basis)
    row.state, row.closed_on = "open", None
    _circle_changed(desk, row, on, basis)
    stand(desk, person, Standing.REGISTERED, on, "varied", basis)
    await desk.session.flush()


async def change_head(desk: Desk, row: Household, command: api.HeadCommand, on: date, basis: str) -> None:
    inside, rows = await _circle(desk, row)
    head, stated = await _stated(desk, command.head, command.relationships)
    inside.name_head(head, stated)
    await _follow(desk, inside, rows, on, basis)
    desk.changes.touch(row, "varied", on, basis)


async def _circle(
    desk: Desk, row: Household, only: Person | None = None
) -> tuple[circle.Household, dict[str, Registration]]:
    """The circle with the rows behind it; of a collective register, which may be long, ``only`` one member."""
    rows: dict[str, Registration] = {}
    members: dict[str, str | None] = {} if only is None else {str(only.id): None}
    if row.kind == "family":
        rows = {str(r.person_id): r for r in await registers.members(desk.session, row.urn)}
        members = {member: r.relationship for member, r in rows.items()}
    return circle.Household(row.kind, members, row.state == "open"), rows


async def _stated(
    desk: Desk, new_head: str | None, relationships: list[api.RelationshipStatement] | None
) -> tuple[str | None, dict[str, str]]:
    """Pseudonyms as the domain's member names, codes checked."""
    head = None if new_head is None else str((await desk.person(new_head)).id)
    stated: dict[str, str] = {}
    for statement in relationships or []:
        desk.rules.code("relationships", statement.relationship)
        stated[str((await desk.person(statement.person)).id)] = statement.relationship
    return head, stated


async def _follow(desk: Desk, inside: circle.Household, rows: dict[str, Registration], on: date, basis: str) -> None:
    """Bring the rows of the remaining members up to the circle, the old head's before the new one's."""
    changed = [(rows[m], code) for m, code in inside.members.items() if m in rows and rows[m].relationship != code]
    for row, code in sorted(changed, key=lambda pair: pair[1] == circle.HEAD):
        row.relationship = code
        desk.changes.touch(row, "varied", on, basis)
        await desk.session.flush()


def _circle_changed(desk: Desk, row: Household, on: date, basis: str) -> None:
    """A family register shows its circle; a collective one does not, and so gets no version for each member."""
    if row.kind == "family":
        desk.changes.touch(row, "varied", on, basis)
