"""Naming persons to other sectors: pseudonyms for the caller's own sector, introductions, residence."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from onewindow_contracts.models import identity as api
from onewindow_kit.pseudonyms import Pseudonym as Name
from onewindow_kit.pseudonyms import introduction, is_organisation
from onewindow_kit.sealing import blind
from sqlmodel import col, select

from identity.domain import organisations
from identity.domain.ages import age
from identity.domain.problems import InvalidNumber, PersonNotFound, UnknownScheme, UnknownSector
from identity.service import organisation_names
from identity.service.desk import Desk
from identity.store import organisations as stored
from identity.store import persons, registers
from identity.store import residence as permitted
from identity.tables import Organisation, Person, Pseudonym
from identity.tables.columns import HOLDER, blind_number


async def by_number(desk: Desk, scheme: str, number: str, name: str | None = None) -> Person:
    """The person with that number (and name); every way of not being it is PersonNotFound."""
    try:
        kind = desk.rules.schemes[scheme]
        written = kind.normalise(number)
    except (InvalidNumber, UnknownScheme) as error:
        raise PersonNotFound from error
    found = await persons.by_number(desk.session, scheme, blind_number(scheme, written))
    fitting = [person for person, _ in found if name is None or same_name(person.name, name)]
    # Two claimants of one number are told apart by their names only.
    if not fitting or (name is not None and len(fitting) > 1):
        raise PersonNotFound
    return fitting[0]


def same_name(one: str, other: str) -> bool:
    """Equal but for how the characters are encoded and for spaces around."""
    return unicodedata.normalize("NFC", one.strip()) == unicodedata.normalize("NFC", other.strip())


async def pseudonym(desk: Desk, person: Person | Organisation, sector: str) -> str:
    """The party's name in ``sector``, assigned now if the sector has none yet; PersonNotFound for no sector."""
    if sector not in desk.rules.sectors:
        raise PersonNotFound
    if isinstance(person, Organisation):
        return (await organisation_names.in_sector(desk, {person.id}, sector))[person.id]
    return (await _in_sector(desk, [person.id], sector))[person.id]


async def named(desk: Desk, scheme: str, number: str, name: str) -> Person | Organisation:
    """The person with that number and name, or the organisation with that code and name; PersonNotFound."""
    if scheme != organisations.SCHEME:
        return await by_number(desk, scheme, number, name)
    organisation = await organisation_names.by_code(desk, number)
    if not same_name(organisation.name, name):
        raise PersonNotFound
    return organisation


async def batch(desk: Desk, scheme: str, numbers: Sequence[str], sector: str) -> list[str | None]:
    """A sector's pseudonyms, a place for each number; None for one that is malformed or that nobody holds."""
    if sector not in desk.rules.sectors:
        return [None] * len(numbers)
    if scheme == organisations.SCHEME:
        return await organisation_names.batch(desk, numbers, sector)
    blinds = [_blind_or_none(desk, scheme, number) for number in numbers]
    found = await persons.holders(desk.session, scheme, list({b for b in blinds if b is not None}))
    names = await _in_sector(desk, set(found.values()), sector)
    return [names[found[b]] if b is not None and b in found else None for b in blinds]


def _blind_or_none(desk: Desk, scheme: str, number: str) -> bytes | None:
    try:
        return blind_number(scheme, desk.rules.schemes[scheme].normalise(number))
    except (InvalidNumber, UnknownScheme):
        return None


async def _in_sector(desk: Desk, people: Sequence[UUID] | set[UUID], sector: str) -> dict[UUID, str]:
    names = await persons.pseudonyms(desk.session, people, sector)
    if missing := sorted(set(people) - names.keys()):
        # A sector that came after these persons: the first exchange assigns, and the link records say so.
        await persons.lock(desk.session, missing)
        names |= await persons.pseudonyms(desk.session, missing, sector)
        rows = await desk.session.exec(
            select(Person).where(col(Person.id).in_([id for id in missing if id not in names]))
        )
        for person in rows:
            names[person.id] = str(Name.new(sector))
            desk.session.add(Pseudonym(pseudonym=names[person.id], person_id=person.id, sector=sector))
            desk.changes.link(person)
    return names


async def introduce(desk: Desk, sector: str, pseudonym_: str, receiver: str) -> str:
    """The caller's person or organisation, named to ``receiver`` in a form that only the receiver can open."""
    if receiver not in desk.rules.sectors:
        raise UnknownSector  # before anybody is looked for: else it would tell that somebody goes by this name
    person = await _party(desk, sector, pseudonym_)
    name = await pseudonym(desk, person, receiver)
    return introduction(desk.office.records.sealer.keyring, Name.parse(name))


async def residence(desk: Desk, sector: str, pseudonym_: str) -> api.Residence:
    """Where the person is registered and permitted to reside; the household under a name of this sector only."""
    person = await _of_sector(desk, sector, pseudonym_)
    held = await permitted.held_permit(desk.session, person.id)
    permit = None
    if held is not None:
        permit = api.PermittedPlace(
            state=held.state,  # type: ignore[arg-type]  # a state of the contract
            since=held.counted_from,
            division=held.division,
            neighbourhood=held.neighbourhood,
        )
    registration = await registers.open_registration(desk.session, person.id)
    if registration is None:
        return api.Residence(registered=None, household=None, permit=permit)
    household = await registers.household(desk.session, registration.household)
    assert household is not None, "a registration is in a register"
    digest = blind(HOLDER, f"household|{sector}", household.urn)
    place = api.RegisteredPlace(division=household.division, neighbourhood=household.neighbourhood)
    return api.Residence(registered=place, household=_written(digest), permit=permit)


def _written(digest: bytes) -> str:
    """22 characters of base32, as random ids are written."""
    return base64.b32encode(digest[:14]).decode().lower()[:22]


async def age_reached(desk: Desk, sector: str, pseudonym_: str, years: int, on: date) -> bool:
    """Whether the person has completed so many years on that day."""
    person = await _of_sector(desk, sector, pseudonym_)
    return age(person.birth_date, on) >= years


async def _party(desk: Desk, sector: str, pseudonym_: str) -> Person | Organisation:
    if not is_organisation(pseudonym_):
        return await _of_sector(desk, sector, pseudonym_)
    found = None
    if sector and pseudonym_.startswith(f"{sector}."):
        found = await stored.by_pseudonym(desk.session, pseudonym_)
    if found is None:
        raise PersonNotFound
    return found


async def _of_sector(desk: Desk, sector: str, pseudonym_: str) -> Person:
    """Somebody else's pseudonym, however right, names nobody here."""
    found = None
    if sector and pseudonym_.startswith(f"{sector}."):
        found = await persons.by_pseudonym(desk.session, pseudonym_)
    if found is None:
        raise PersonNotFound
    return found
