"""Undoing a merge: each row goes back to whom it came from, as it was, unless it has changed since."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import SQLModel

from identity.domain import law
from identity.domain.moves import Step
from identity.domain.standing import Standing
from identity.service import registers
from identity.service.desk import Desk, standing
from identity.service.links.trace import Moved, key_of
from identity.store import belongings, papers, persons, residence
from identity.store import registers as stored
from identity.tables import Card, Identification, Kinship, Move, Permit, Person, Registration, Stay

_TABLES: dict[str, type[SQLModel]] = {}


async def give_back(desk: Desk, stayer: Person, leaver: Person, moved: list[Moved], on: date) -> None:
    """Who a row belongs to is given back where it is still the stayer's; the rest of it where nothing happened since."""
    rows = [(await desk.session.get_one(_table(m.table), key_of(_table(m.table), m.key)), m) for m in moved]
    for row, m in rows:
        for column in belongings.owners(row):
            if column in m.before and getattr(row, column) == m.after[column] == stayer.id:
                setattr(row, column, m.before[column])
        desk.session.add(row)
    await desk.session.flush()
    for row, m in sorted(rows, key=lambda pair: isinstance(pair[0], Move)):  # a move goes on from its registration
        rest = {name: value for name, value in m.before.items() if name not in belongings.owners(row)}
        if rest and all(getattr(row, name) == m.after[name] for name in rest):
            await _restore(desk, row, rest, on)


async def _restore(desk: Desk, row: Any, values: dict[str, Any], on: date) -> None:
    """A row's former state, where it does not contradict what holds by now."""
    session = desk.session
    match row:
        case Move() if not await _can_go_on(desk, row, values):
            return
        case Registration() if values.get("ended_on", on) is None:
            await _reopen(desk, row, on)
            return
        case Person():
            values = {name: value for name, value in values.items() if name != "merged_into"}
            if row.standing == Standing.DEAD:
                return
        case Card() if await papers.valid_card(session, row.person_id) is not None:
            return
        case Identification() if not await _free(desk, row, values):
            return
        case Stay() if await residence.open_stay(session, row.person_id) is not None:
            return
        case Permit() if await residence.held_permit(session, row.person_id) is not None:
            return
        case Kinship() if not await _can_hold(desk, row):
            return
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    await session.flush()


async def _reopen(desk: Desk, row: Registration, on: date) -> None:
    """The double entry that the merge ended was none: the register takes the person back."""
    person = await desk.session.get_one(Person, row.person_id)
    if standing(person) is Standing.DEAD or await stored.open_registration(desk.session, person.id) is not None:
        return
    was, since = standing(person), person.standing_since
    await registers.reopen(desk, person, row, on, law.LINK)
    if was is Standing.REGISTERED:  # it says so again already: since when it ever did
        person.standing_since = since


async def _can_go_on(desk: Desk, row: Move, values: dict[str, Any]) -> bool:
    """A move before its certificate is from the register where the person is; after it, of who is in none."""
    if await stored.open_move(desk.session, row.person_id) is not None:
        return False
    registration = await stored.open_registration(desk.session, row.person_id)
    if values.get("step") == Step.IN_TRANSIT:
        return registration is None
    return registration is not None and registration.urn == row.registration


async def _free(desk: Desk, row: Identification, values: dict[str, Any]) -> bool:
    """Whether the number can be in force again: the person has no other of the scheme, and nobody else has this one."""
    if await persons.number_in_force(desk.session, row.person_id, row.scheme) is not None:
        return False
    others = await persons.by_number(desk.session, row.scheme, row.number_blind)
    return all(held.state != values.get("state", row.state) for _, held in others)


async def _can_hold(desk: Desk, row: Kinship) -> bool:
    """The living are married and guardians; nobody is married twice."""
    if row.kind == "parentage":
        return True
    for id in (row.first_id, row.second_id):
        person = await desk.session.get_one(Person, id)
        if standing(person) is Standing.DEAD:
            return False
        if row.kind == "marriage" and any(
            k.kind == "marriage" and k.state == "in-force" for k in await papers.kinships(desk.session, id)
        ):
            return False
    return True


def _table(name: str) -> type[SQLModel]:
    if not _TABLES:
        _TABLES.update({mapper.class_.__tablename__: mapper.class_ for mapper in belongings.mappers()})
    return _TABLES[name]
