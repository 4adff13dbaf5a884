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

from identity.events import bodies
from identity.events.envelopes import Subject, record
from identity.events.links import LinkWord, Name, Party, Told, link_record, notice_record, owner
from identity.events.office import Office
from identity.tables import (
    Card,
    Household,
    Identification,
    Kinship,
    Move,
    Organisation,
    OrganisationPseudonym,
    Permit,
    Person,
    Pseudonym,
    Registration,
    Representation,
    Stay,
)

Row = (
    Person
    | Identification
    | Household
    | Registration
    | Kinship
    | Card
    | Move
    | Stay
    | Permit
    | Organisation
    | Representation
)
COMPANY_RECORDS = ("organisation", "representation")


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
    _links: dict[UUID, LinkWord] = field(default_factory=dict)
    _notices: list[_Notice] = field(default_factory=list)
    _told: list[Told] = field(default_factory=list)

    def created(self, row: Row, on: date, basis: str) -> None:
        self.session.add(row)
        self._touched[row.urn] = _Touch(row, "created", on, basis)

    def touch(self, row: Row, change: str, on: date, basis: str) -> None:
        """A row that exists has changed; one created in the same use case stays a creation."""
        self.session.add(row)
        known = self._touched.get(row.urn)
        if known is None or known.change != "created":
            self._touched[row.urn] = _Touch(row, change, on, basis)

    def link(self, party: Party, word: LinkWord | None = None) -> None:
        """The pseudonyms of a person or an organisation have changed; ``word`` says how where a decision changed them."""
        if word is not None or party.id not in self._links:
            self._links[party.id] = word or LinkWord(party)

    def tell(self, told: Told) -> None:
        """One sector is told, by a pseudonym that is no longer anybody's present one."""
        self._told.append(told)

    def notice(self, person: Person, kind: str, on: date, *, name: str | None = None) -> None:
        """Every recipient sector is told under its own pseudonym; ``name`` goes to housing only (the title's name)."""
        self._notices.append(_Notice(person, kind, on, name))

    async def publish(self) -> None:
        for touch in self._touched.values():
            touch.row.version += 1
        for word in self._links.values():
            word.party.link_version += 1
            self.session.add(word.party)
        await self.session.flush()
        records = await self._records(now())
        self._touched, self._links, self._notices, self._told = {}, {}, [], []
        if records:
            await self.office.records.publish(self.session, *records)

    async def _records(self, at: datetime) -> list[Record]:
        places, members = await self._places(), await self._members()
        organisations = await self._organisations()
        described = [(t, *_described(t.row, places, members, organisations)) for t in self._touched.values()]
        people = {s.person for _, _, subjects, _, _ in described for s in subjects}
        people |= self._links.keys() | {n.person.id for n in self._notices}
        names = await self._pseudonyms(people)
        current = {(owner(name), name.sector): name.pseudonym for name in names if name.current}
        records = [
            record(
                self.office.company_register if record_type in COMPANY_RECORDS else self.office,
                record_type,
                t.row.urn,
                t.row.version,
                "ended" if ended and t.change not in ("created", "merged") else t.change,
                t.on,
                at,
                t.basis,
                [s.named(current[s.person, s.sector]) for s in subjects],
                body,
                ended=ended,
            )
            for t, record_type, subjects, body, ended in described
        ]
        records += [link_record(self.office, word, names, current, at) for word in self._links.values()]
        records += [notice_record(self.office, told, at) for told in (*self._of_notices(current), *self._told)]
        return records

    def _of_notices(self, current: dict[tuple[UUID, str], str]) -> Iterable[Told]:
        for n in self._notices:
            for sector in self.office.notices:
                if (pseudonym := current.get((n.person.id, sector))) is not None:
                    name = {"name": n.name} if sector == "housing" else {}
                    yield Told(sector, pseudonym, n.on, {"kind": n.kind, "occurred_on": n.on.isoformat()} | name)

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

    async def _organisations(self) -> dict[UUID, Organisation]:
        """Those that touched representations are of."""
        wanted = {t.row.organisation_id for t in self._touched.values() if isinstance(t.row, Representation)}
        if not wanted:
            return {}
        found = await self.session.exec(select(Organisation).where(col(Organisation.id).in_(wanted)))
        return {row.id: row for row in found}

    async def _pseudonyms(self, parties: Iterable[UUID]) -> list[Name]:
        wanted = set(parties)
        names: list[Name] = list(await self.session.exec(select(Pseudonym).where(col(Pseudonym.person_id).in_(wanted))))
        if len({name.person_id for name in names if isinstance(name, Pseudonym)}) < len(wanted):
            query = select(OrganisationPseudonym).where(col(OrganisationPseudonym.organisation_id).in_(wanted))
            names += list(await self.session.exec(query))
        return names


def _described(
    row: Row,
    places: dict[str, Household],
    members: dict[str, list[Registration]],
    organisations: dict[UUID, Organisation],
) -> tuple[str, list[Subject], bodies.Body, bool]:
    """A row's record type, subjects, body, and whether the record has ended."""
    match row:
        case Person(merged_into=None):
            return "person", [Subject(row.id, "person", row.birth_date)], bodies.person(row), False
        case Person():
            # The entry of a person who was merged into another: the survivor's past.
            assert row.merged_into is not None, "matched above"
            subject = Subject(row.merged_into, "person", row.birth_date, row.standing_since)
            return "person", [subject], bodies.person(row), True
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
            pair = {row.first_id: roles[0], row.second_id: roles[1]}  # one person once, where two became one since
            subjects = [Subject(person, role, row.since, row.ended_on, role) for person, role in pair.items()]
            return "kinship", subjects, bodies.kinship(row), row.state == "ended"
        case Card():
            subject = Subject(row.person_id, "holder", row.issued_on, row.ended_on)
            return "identity-card", [subject], bodies.card(row), row.state != "valid"
        case Move():
            subject = Subject(row.person_id, "mover", row.requested_on, row.ended_on)
            return "move", [subject], bodies.move(row), row.ended_on is not None
        case Stay():
            subject = Subject(row.person_id, "resident", row.since, row.ended_on)
            return "stay", [subject], bodies.stay(row), row.ended_on is not None
        case Permit():
            subject = Subject(row.person_id, "holder", row.granted_on, row.ended_on)
            return "residence-permit", [subject], bodies.permit(row), row.state == "ended"
        case Organisation():
            subject = Subject(row.id, "organisation", row.registered_on, row.dissolved_on)
            return "organisation", [subject], bodies.organisation(row), row.state == "dissolved"
        case Representation():
            until = row.ended_on or row.until
            subjects = [
                Subject(row.organisation_id, "organisation", row.since, until),
                Subject(row.person_id, "representative", row.since, until, row.capacity),
            ]
            body = bodies.representation(row, organisations[row.organisation_id])
            return "representation", subjects, body, row.state == "ended"
