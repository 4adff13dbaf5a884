"""Loading persons with their households: a batch is planned against what is known, then copied in one transaction.

The same row again changes nothing. A number that somebody else holds is a conflict to decide, as it is one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from onewindow_kit.clock import now
from onewindow_kit.imports import Parsed, Refusal
from onewindow_kit.pseudonyms import Pseudonym as Name
from onewindow_kit.records import random_id
from sqlmodel.ext.asyncio.session import AsyncSession

from identity import tables
from identity.domain import cards, law
from identity.domain.household import HEAD
from identity.events import Changes, Office
from identity.events.bulk import Load, NewPerson
from identity.service import takeover
from identity.service.incoming import Incoming
from identity.service.names import same_name
from identity.service.rules import Rules
from identity.store import bulk, known
from identity.store.known import KnownPerson
from identity.tables import plain
from identity.tables.columns import blind_household, blind_number

Refused = list[tuple[Parsed, Refusal]]


@dataclass
class _Batch:
    """What is known before, and what this batch adds."""

    people: dict[bytes, list[KnownPerson]]
    households: dict[bytes, tables.Household]
    headed: set[str]
    load: Load
    added: dict[bytes, NewPerson] = field(default_factory=dict)
    opened: dict[bytes, plain.Household] = field(default_factory=dict)
    grown: dict[str, tables.Household] = field(default_factory=dict)
    refused: Refused = field(default_factory=list)


class Importer:
    def __init__(self, office: Office, rules: Rules) -> None:
        self.office, self.rules = office, rules

    async def store(self, session: AsyncSession, rows: Sequence[Parsed]) -> Refused:
        """Store and publish a batch; the rows that are refused."""
        blinds = {row.line: blind_number(row.model.scheme, row.model.number) for row in rows}
        relatives = {
            blind_number(row.model.scheme, number)
            for row in rows
            for number in (row.model.father, row.model.mother, row.model.spouse)
            if number
        }
        codes = {blind_household(row.model.household_code) for row in rows if row.model.household_code}
        households = await known.households(session, codes)
        batch = _Batch(
            people=await known.people(session, {*blinds.values(), *relatives}),
            households=households,
            headed=await known.heads(session, [h.urn for h in households.values()]),
            load=Load(self.office, now()),
        )
        new = [(row.model, person) for row in rows if (person := self._admit(batch, row, blinds[row.line]))]
        await self._kin(session, batch, new)
        await self._copy(session, batch)
        return batch.refused

    def _admit(self, batch: _Batch, row: Parsed, blind: bytes) -> NewPerson | None:
        """Plan a person who is new; None for one who is known, or refused."""
        model: Incoming = row.model
        holders = batch.people.get(blind, [])
        earlier = batch.added.get(blind)
        if any(_same(model, holder) for holder in holders) or (earlier and _same(model, earlier.row)):
            return None
        contested = earlier is not None or bool(holders)
        place = None
        if model.household_code is not None:
            place = self._place(batch, row)
            if place is None:
                return None
        person = self._person(model, blind, contested)
        if contested:
            first = holders[0].identification if holders else earlier.identification.urn  # type: ignore[union-attr]  # one of the two
            batch.load.conflicts.append(
                tables.NumberConflict(
                    id=random_id(),
                    scheme=model.scheme,
                    holder=first,
                    claimant=person.identification.urn,
                    opened_on=self.office.today(),
                )
            )
        else:
            batch.added[blind] = person
        if place is not None:
            self._register(batch, person, place, model)
        self._card(person, model)
        self._stay(person, model)
        batch.load.people.append(person)
        return person

    def _person(self, model: Incoming, blind: bytes, contested: bool) -> NewPerson:
        office, id = self.office, uuid4()
        since = model.died_on or model.since
        row = plain.Person(
            id=id,
            urn=office.urn("person"),
            link_urn=office.urn("link"),
            name=model.name,
            sex=model.sex,
            birth_date=model.birth_date,
            ethnic_group=model.ethnic_group,
            birth_division=model.birth_division,
            standing=model.standing,
            standing_since=since,
            died_on=model.died_on,
            origin="import",
        )
        number = plain.Identification(
            urn=office.urn("identification"),
            person_id=id,
            scheme=model.scheme,
            number=model.number,
            number_blind=blind,
            reason="import",
            assigned_on=model.birth_date,
            state="contested" if contested else "current",
        )
        names = [plain.Pseudonym(str(Name.new(sector)), id, sector) for sector in self.rules.assigned]
        return NewPerson(row, number, names)

    def _place(self, batch: _Batch, row: Parsed) -> plain.Household | tables.Household | None:
        """The household of a row, opened now if nobody knows its number; None when the row is refused."""
        model: Incoming = row.model
        blind = blind_household(model.household_code or "")
        place = batch.opened.get(blind) or batch.households.get(blind)
        if place is None:
            place = batch.opened[blind] = plain.Household(
                urn=self.office.urn("household"),
                kind=model.household_kind,
                division=model.division or "",
                neighbourhood=model.neighbourhood,
                address=model.address or "",
                code=model.household_code,
                code_blind=blind,
                opened_on=model.since,
            )
        if place.state == "closed":
            why = Refusal("household-closed", "The household register is closed.", "household_code")
            batch.refused.append((row, why))
            return None
        if model.relationship == HEAD and model.died_on is None:
            if place.urn in batch.headed:
                why = Refusal("head-exists", "The household has a head already.", "relationship")
                batch.refused.append((row, why))
                return None
            batch.headed.add(place.urn)
        return place

    def _register(
        self, batch: _Batch, person: NewPerson, place: plain.Household | tables.Household, model: Incoming
    ) -> None:
        registration = plain.Registration(
            urn=self.office.urn("household-registration"),
            person_id=person.row.id,
            household=place.urn,
            relationship=model.relationship,
            entry="import",
            registered_on=model.since,
        )
        if model.died_on is not None:
            registration.exit, registration.ended_on = "death", model.died_on
        person.registration, person.place = registration, place
        if isinstance(place, tables.Household):
            if registration.ended_on is None and place.kind == "family":
                batch.grown[place.urn] = place
        else:
            place.opened_on = min(place.opened_on, model.since)
            batch.load.households[place.urn] = place

    def _card(self, person: NewPerson, model: Incoming) -> None:
        if model.card_issued_on is None or model.scheme != "cn-id":
            return
        bands = self.rules.parameter("card-validity", model.card_issued_on)
        until = cards.valid_until(model.birth_date, model.card_issued_on, bands)
        reason = "first"
        card = plain.Card(self.office.urn("identity-card"), person.row.id, reason, model.card_issued_on, until)
        if model.died_on is not None:
            card.state, card.ended_on = "cancelled", max(model.died_on, model.card_issued_on)
        person.card = card

    def _stay(self, person: NewPerson, model: Incoming) -> None:
        if model.stay_since is None or model.stay_division is None:
            return
        person.stay = takeover.stay(
            self.office, person.row.id, model.stay_division, model.stay_address or "", model.stay_since
        )
        if (granted := model.permit_granted_on) is not None and model.permit_ground is not None:
            endorsed = model.permit_endorsed_on or granted
            person.permit = takeover.permit(
                self.office, self.rules, person.stay, model.permit_ground, granted, endorsed
            )

    async def _kin(self, session: AsyncSession, batch: _Batch, new: Sequence[tuple[Incoming, NewPerson]]) -> None:
        """Parents and spouses by number. A relative whom this register doesn't know may live elsewhere: no kinship."""
        wed: set[UUID] = set()
        spouses = [self._relative(batch, model, model.spouse) for model, _ in new if model.spouse]
        earlier = [s.id for s in spouses if isinstance(s, KnownPerson)]
        if earlier:
            wed = await known.married(session, earlier)
        for model, person in new:
            for number in (model.father, model.mother):
                parent = self._relative(batch, model, number)
                if parent is not None and _born(parent) < model.birth_date:
                    batch.load.kin(self._kinship("parentage", model.birth_date, parent, person), parent, person)
            spouse = self._relative(batch, model, model.spouse)
            if spouse is None or (model.divorced_on is None and (person.row.id in wed or _id(spouse) in wed)):
                continue
            since = model.married_on or max(model.since, _born(spouse))
            kinship = self._kinship("marriage", since, spouse, person)
            dead = person.row.died_on or (spouse.row.died_on if isinstance(spouse, NewPerson) else None)
            if (over := model.divorced_on or dead) is not None:
                kinship.state, kinship.ended_on = "ended", max(over, since)
                kinship.ending = "divorce" if model.divorced_on else "death"
            else:
                wed |= {person.row.id, _id(spouse)}
            batch.load.kin(kinship, spouse, person)

    def _relative(self, batch: _Batch, model: Incoming, number: str | None) -> KnownPerson | NewPerson | None:
        if number is None:
            return None
        blind = blind_number(model.scheme, number)
        holders = batch.people.get(blind)
        return holders[0] if holders else batch.added.get(blind)

    def _kinship(self, kind: str, since: date, first: KnownPerson | NewPerson, second: NewPerson) -> plain.Kinship:
        return plain.Kinship(self.office.urn("kinship"), kind, "import", since, _id(first), second.row.id)

    async def _copy(self, session: AsyncSession, batch: _Batch) -> None:
        load = batch.load
        people = load.people
        load.close_deserted()
        await bulk.load(session, tables.Person, [p.row for p in people])
        await bulk.load(session, tables.Identification, [p.identification for p in people])
        await bulk.load(session, tables.Pseudonym, [name for p in people for name in p.names])
        await bulk.load(session, tables.Household, list(load.households.values()))
        await bulk.load(session, tables.Registration, [p.registration for p in people if p.registration])
        await bulk.load(session, tables.Card, [p.card for p in people if p.card])
        await bulk.load(session, tables.Stay, [p.stay for p in people if p.stay])
        await bulk.load(session, tables.Permit, [p.permit for p in people if p.permit])
        await bulk.load(session, tables.Kinship, [kinship for kinship, _ in load.kinships])
        session.add_all(load.conflicts)
        await bulk.publish(session, self.office.records.sealer, load.records())
        await self._grow(session, batch)

    async def _grow(self, session: AsyncSession, batch: _Batch) -> None:
        """Registers that were here before show their new circle."""
        changes = Changes(session, self.office)
        for household in batch.grown.values():
            changes.touch(household, "varied", self.office.today(), law.IMPORT)
        await changes.publish()


def _same(model: Incoming, other: KnownPerson | plain.Person) -> bool:
    return (model.sex, model.birth_date) == (other.sex, other.birth_date) and same_name(model.name, other.name)


def _id(person: KnownPerson | NewPerson) -> UUID:
    return person.id if isinstance(person, KnownPerson) else person.row.id


def _born(person: KnownPerson | NewPerson) -> date:
    return person.birth_date if isinstance(person, KnownPerson) else person.row.birth_date
