"""Records of a load: everything new, each at version 1, with subjects by the pseudonyms that came with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from onewindow_kit.records import Record

from identity.domain import law
from identity.events import bodies
from identity.events.envelopes import record
from identity.events.office import Office
from identity.tables import Household, NumberConflict, plain


class Named(Protocol):
    """A person with an identity pseudonym: known before, or new."""

    @property
    def pseudonym(self) -> str: ...


@dataclass(slots=True)
class NewPerson:
    row: plain.Person
    identification: plain.Identification
    names: list[plain.Pseudonym]
    registration: plain.Registration | None = None
    place: plain.Household | Household | None = None
    card: plain.Card | None = None
    stay: plain.Stay | None = None
    permit: plain.Permit | None = None

    @property
    def pseudonym(self) -> str:
        return self.named("identity")

    def named(self, sector: str) -> str:
        return next(name.pseudonym for name in self.names if name.sector == sector)


@dataclass
class Load:
    """What one batch adds."""

    office: Office
    at: datetime
    people: list[NewPerson] = field(default_factory=list)
    households: dict[str, plain.Household] = field(default_factory=dict)
    kinships: list[tuple[plain.Kinship, tuple[str, str]]] = field(default_factory=list)
    conflicts: list[NumberConflict] = field(default_factory=list)

    def kin(self, kinship: plain.Kinship, first: Named, second: Named) -> None:
        self.kinships.append((kinship, (first.pseudonym, second.pseudonym)))

    def close_deserted(self) -> None:
        """A family register whose members are all dead is closed."""
        inside = self._members()
        for household in self.households.values():
            if household.kind == "family" and not inside.get(household.urn):
                ends = [p.registration.ended_on for p in self.people if p.place is household and p.registration]
                household.state, household.closed_on = "closed", max(day for day in ends if day is not None)

    def _members(self) -> dict[str, list[NewPerson]]:
        inside: dict[str, list[NewPerson]] = {}
        for person in self.people:
            if person.registration is not None and person.registration.ended_on is None:
                inside.setdefault(person.registration.household, []).append(person)
        return inside

    def records(self) -> list[Record]:
        return [*self._of_people(), *self._of_households(), *self._of_kinships()]

    def _of_people(self) -> Iterator[Record]:
        for p in self.people:
            me, row, number, born = p.pseudonym, p.row, p.identification, p.row.birth_date
            yield self._new("person", row.urn, row.standing_since, [_subject(me, "person", born)], bodies.person(row))
            subject = _subject(me, "person", number.assigned_on)
            yield self._new("identification", number.urn, born, [subject], bodies.identification(number))
            if (held := p.registration) is not None and p.place is not None:
                subject = _subject(me, "member", held.registered_on, held.ended_on, held.relationship)
                body = bodies.registration(held, p.place)
                ended = held.ended_on is not None
                yield self._new("household-registration", held.urn, held.registered_on, [subject], body, ended)
            if (card := p.card) is not None:
                subject = _subject(me, "holder", card.issued_on, card.ended_on)
                ended = card.state != "valid"
                yield self._new("identity-card", card.urn, card.issued_on, [subject], bodies.card(card), ended)
            if (stay := p.stay) is not None:
                subject = _subject(me, "resident", stay.since)
                yield self._new("stay", stay.urn, stay.since, [subject], bodies.stay(stay))
            if (permit := p.permit) is not None:
                subject = _subject(me, "holder", permit.granted_on)
                yield self._new("residence-permit", permit.urn, permit.granted_on, [subject], bodies.permit(permit))
            body = {
                "pseudonyms": [{"sector": n.sector, "pseudonym": n.pseudonym, "current": n.current} for n in p.names]
            }
            yield self._new("link", row.link_urn, born, [_subject(p.named("gateway"), "person", born)], body)

    def _of_households(self) -> Iterator[Record]:
        inside = self._members()
        for household in self.households.values():
            members = inside.get(household.urn, []) if household.kind == "family" else []
            subjects = [
                _subject(
                    p.pseudonym,
                    "head" if p.registration.relationship == "02" else "member",
                    p.registration.registered_on,
                    None,
                    p.registration.relationship,
                )
                for p in members
                if p.registration is not None
            ]
            body = bodies.household(household, len(members))
            closed = household.state == "closed"
            yield self._new("household", household.urn, household.opened_on, subjects, body, closed)

    def _of_kinships(self) -> Iterator[Record]:
        for row, names in self.kinships:
            roles = bodies.KINSHIP_ROLES[row.kind]
            subjects = [
                _subject(name, role, row.since, row.ended_on, role) for name, role in zip(names, roles, strict=True)
            ]
            yield self._new("kinship", row.urn, row.since, subjects, bodies.kinship(row), row.state == "ended")

    def _new(
        self, record_type: str, urn: str, on: date, subjects: list[Any], body: dict[str, Any], ended: bool = False
    ) -> Record:
        change = "ended" if ended else "created"
        return record(self.office, record_type, urn, 1, change, on, self.at, law.IMPORT, subjects, body, ended=ended)


def _subject(
    pseudonym: str, role: str, since: date, until: date | None = None, part: str | None = None
) -> dict[str, Any]:
    return {
        "pseudonym": pseudonym,
        "role": role,
        "from": since.isoformat(),
        "until": None if until is None else until.isoformat(),
        "part": part,
    }
