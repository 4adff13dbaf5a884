"""What a use case changed, published once at its end: each touched row as one new version of its record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from onewindow_kit.clock import now
from onewindow_kit.records import Record
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.domain import law
from identity.events import bodies
from identity.events.envelopes import Subject, record
from identity.events.office import Office
from identity.tables import Card, Household, Identification, Kinship, Move, Person, Pseudonym, Registration

Row = Person | Identification | Household | Registration | Kinship | Card | Move


@dataclass(slots=True)
class _Touch:
    row: Row
    change: str
    on: date
    basis: str


@dataclass(slots=True)
class _Notice:
    person: Person
    kind: str
    on: date
    name: str | None


@dataclass
class Changes:
    """Gathers touched rows; ``publish`` raises their versions, flushes, and publishes all records in one statement."""

    session: AsyncSession
    office: Office
    _touched: dict[str, _Touch] = field(default_factory=dict)
    _links: dict[UUID, Person] = field(default_factory=dict)
    _notices: list[_Notice] = field(default_factory=list)

    def created(self, row: Row, on: date, basis: str) -> None:
        self.session.add(row)
        self._touched[row.urn] = _Touch(row, "created", on, basis)

    def touch(self, row: Row, change: str, on: date, basis: str) -> None:
        """A row that exists has changed; one created in the same use case stays a creation."""
        self.session.add(row)
        known = self._touched.get(row.urn)
        if known is None or known.change != "created":
            self._touched[row.urn] = _Touch(row, change, on, basis)

    def link(self, person: Person) -> None:
        """The person's pseudonyms have changed."""
        self._links[person.id] = person

    def notice(self, person: Person, kind: str, on: date, *, name: str | None = None) -> None:
        """Every recipient sector is told under its own pseudonym; ``name`` goes to housing only (the title's name)."""
        self._notices.append(_Notice(person, kind, on, name))

    async def publish(self) -> None:
        for touch in self._touched.values():
            touch.row.version += 1
        for person in self._links.values():
            person.link_version += 1
            self.session.add(person)
        await self.session.flush()
        records = await self._records(now())
        self._touched, self._links, self._notices = {}, {}, []
        if records:
            await self.office.records.publish(self.session, *records)

    async def _records(self, at: datetime) -> list[Record]:
        places = await self._places()
        members = await self._members()
        described = [(t, *_described(t.row, places, members)) for t in self._touched.values()]
        told = [(n, sector) for n in self._notices for sector in self.office.notices]
        people = {s.person for _, _, subjects, _, _ in described for s in subjects}
        people |= self._links.keys() | {n.person.id for n in self._notices}
        names = await self._pseudonyms(people)
        current = {(p.person_id, p.sector): p.pseudonym for p in names if p.current}
        records = [
            record(
                self.office,
                record_type,
                t.row.urn,
                t.row.version,
                "ended" if ended and t.change != "created" else t.change,
                t.on,
                at,
                t.basis,
                [s.named(current[s.person, s.sector]) for s in subjects],
                body,
                ended=ended,
            )
            for t, record_type, subjects, body, ended in described
        ]
        records += [self._link(person, names, current, at) for person in self._links.values()]
        for n, sector in told:
            if (pseudonym := current.get((n.person.id, sector))) is not None:
                records.append(self._notice(n, sector, pseudonym, at))
        return records

    def _link(
        self, person: Person, names: list[Pseudonym], current: dict[tuple[UUID, str], str], at: datetime
    ) -> Record:
        listed = sorted((p for p in names if p.person_id == person.id), key=lambda p: (p.sector, p.generation))
        body = {"pseudonyms": [{"sector": p.sector, "pseudonym": p.pseudonym, "current": p.current} for p in listed]}
        subject = Subject(person.id, "person", person.birth_date).named(current[person.id, "gateway"])
        change = "created" if person.link_version == 1 else "varied"
        on = self.office.today()
        urn = person.link_urn
        return record(self.office, "link", urn, person.link_version, change, on, at, law.EXCHANGE, [subject], body)

    def _notice(self, notice: _Notice, sector: str, pseudonym: str, at: datetime) -> Record:
        record_type = f"notice-{sector}"
        body = {"kind": notice.kind, "occurred_on": notice.on.isoformat()}
        if sector == "housing":
            body["name"] = notice.name  # type: ignore[assignment]  # null unless the name changed
        subject = Subject(notice.person.id, "person", notice.on).named(pseudonym)
        urn = self.office.urn(record_type)
        return record(self.office, record_type, urn, 1, "created", notice.on, at, law.EXCHANGE, [subject], body)

    async def _places(self) -> dict[str, Household]:
        """The registers of touched registrations."""
        places = {t.row.urn: t.row for t in self._touched.values() if isinstance(t.row, Household)}
        wanted = {t.row.household for t in self._touched.values() if isinstance(t.row, Registration)} - places.keys()
        if wanted:
            found = await self.session.exec(select(Household).where(col(Household.urn).in_(wanted)))
            places |= {row.urn: row for row in found}
        return places

    async def _members(self) -> dict[str, list[Registration]]:
        """The present members of touched family registers."""
        wanted = [t.row.urn for t in self._touched.values() if isinstance(t.row, Household) and t.row.kind == "family"]
        members: dict[str, list[Registration]] = {urn: [] for urn in wanted}
        if wanted:
            query = select(Registration).where(
                col(Registration.household).in_(wanted), col(Registration.ended_on).is_(None)
            )
            for row in await self.session.exec(query.order_by(Registration.urn)):
                members[row.household].append(row)
        return members

    async def _pseudonyms(self, people: Iterable[UUID]) -> list[Pseudonym]:
        query = select(Pseudonym).where(col(Pseudonym.person_id).in_(set(people)))
        return list(await self.session.exec(query))


def _described(
    row: Row, places: dict[str, Household], members: dict[str, list[Registration]]
) -> tuple[str, list[Subject], bodies.Body, bool]:
    """A row's record type, subjects, body, and whether the record has ended."""
    match row:
        case Person():
            return "person", [Subject(row.id, "person", row.birth_date)], bodies.person(row), False
        case Identification():
            subject = Subject(row.person_id, "person", row.assigned_on, row.ended_on)
            return "identification", [subject], bodies.identification(row), row.state == "superseded"
        case Registration():
            subject = Subject(row.person_id, "member", row.registered_on, row.ended_on, row.relationship)
            body = bodies.registration(row, places[row.household])
            return "household-registration", [subject], body, row.ended_on is not None
        case Household():
            inside = members.get(row.urn, [])
            subjects = [
                Subject(
                    m.person_id, "head" if m.relationship == "02" else "member", m.registered_on, None, m.relationship
                )
                for m in inside
            ]
            return "household", subjects, bodies.household(row, len(inside)), row.state == "closed"
        case Kinship():
            roles = bodies.KINSHIP_ROLES[row.kind]
            subjects = [
                Subject(person, role, row.since, row.ended_on, role)
                for person, role in zip((row.first_id, row.second_id), roles, strict=True)
            ]
            return "kinship", subjects, bodies.kinship(row), row.state == "ended"
        case Card():
            subject = Subject(row.person_id, "holder", row.issued_on, row.ended_on)
            return "identity-card", [subject], bodies.card(row), row.state != "valid"
        case Move():
            subject = Subject(row.person_id, "mover", row.requested_on, row.ended_on)
            return "move", [subject], bodies.move(row), row.ended_on is not None
