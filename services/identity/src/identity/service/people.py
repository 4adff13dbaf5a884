"""A person becomes known: the row, the pseudonyms of every sector with a registry, the link record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from onewindow_kit.pseudonyms import Pseudonym as Name

from identity.domain.births import in_order, not_in_future
from identity.domain.standing import Standing
from identity.service.desk import Desk
from identity.tables import Person, Pseudonym


@dataclass(frozen=True)
class Entries:
    """What describes a person; codes by GB/T 2261.1, 3304 and 2260."""

    name: str
    sex: str
    birth_date: date
    ethnic_group: str | None
    birth_division: str | None


def check(desk: Desk, entries: Entries) -> None:
    """Codes are in their lists and the birth is not in the future."""
    not_in_future(entries.birth_date, desk.today)
    desk.rules.code("sex", entries.sex)
    desk.rules.code("ethnic-groups", entries.ethnic_group)
    desk.rules.division(entries.birth_division, desk.today)


async def enter(
    desk: Desk, entries: Entries, standing: Standing, since: date, origin: str, basis: str, *, late: bool = False
) -> Person:
    """A new person; the row is in the database, so that others can refer to it."""
    check(desk, entries)
    in_order(entries.birth_date, since)
    person = Person(
        id=uuid4(),
        urn=desk.office.urn("person"),
        link_urn=desk.office.urn("link"),
        name=entries.name.strip(),
        sex=entries.sex,
        birth_date=entries.birth_date,
        ethnic_group=entries.ethnic_group,
        birth_division=entries.birth_division,
        standing=standing,
        standing_since=since,
        origin=origin,
        declared_late=late,
    )
    desk.changes.created(person, since, basis)
    desk.changes.link(person)
    await desk.session.flush()
    for sector in desk.rules.assigned:
        desk.session.add(Pseudonym(pseudonym=str(Name.new(sector)), person_id=person.id, sector=sector))
    await desk.session.flush()
    return person


def stand(desk: Desk, person: Person, standing: Standing, on: date, change: str, basis: str) -> None:
    """The person's standing changes."""
    person.standing, person.standing_since = standing, on
    desk.changes.touch(person, change, on, basis)
