"""What an import must know of the register before it adds to it, asked for a batch at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.tables import Household, Identification, Kinship, Person, Pseudonym, Registration


@dataclass(frozen=True, slots=True)
class KnownPerson:
    id: UUID
    urn: str
    pseudonym: str
    name: str
    sex: str
    birth_date: date
    identification: str
    state: str


async def people(session: AsyncSession, blinds: Collection[bytes]) -> dict[bytes, list[KnownPerson]]:
    """Who has these numbers now, the holder first."""
    query = (
        select(Identification, Person, Pseudonym.pseudonym)
        .join(Person, col(Person.id) == Identification.person_id)
        .join(Pseudonym, col(Pseudonym.person_id) == Person.id)
        .where(
            col(Identification.number_blind).in_(blinds),
            col(Identification.state).in_(("current", "contested")),
            Pseudonym.sector == "identity",
            col(Pseudonym.current),
        )
        .order_by(col(Identification.state).desc())
    )
    found: dict[bytes, list[KnownPerson]] = {}
    for number, person, pseudonym in await session.exec(query):
        known = KnownPerson(
            person.id,
            person.urn,
            pseudonym,
            person.name,
            person.sex,
            person.birth_date,
            number.urn,
            number.state,
        )
        found.setdefault(bytes(number.number_blind), []).append(known)
    return found


async def households(session: AsyncSession, blinds: Collection[bytes]) -> dict[bytes, Household]:
    """Registers by the office's own number, held until the end of the transaction."""
    query = select(Household).where(col(Household.code_blind).in_(blinds)).order_by(Household.urn).with_for_update()
    return {bytes(row.code_blind or b""): row for row in await session.exec(query)}


async def heads(session: AsyncSession, urns: Collection[str]) -> set[str]:
    """Which of these registers have a head."""
    query = select(Registration.household).where(
        col(Registration.household).in_(urns),
        col(Registration.ended_on).is_(None),
        Registration.relationship == "02",
    )
    return set(await session.exec(query))


async def married(session: AsyncSession, people: Sequence[UUID]) -> set[UUID]:
    """Which of these persons are married."""
    query = select(Kinship.first_id, Kinship.second_id).where(
        Kinship.kind == "marriage",
        Kinship.state == "in-force",
        or_(col(Kinship.first_id).in_(people), col(Kinship.second_id).in_(people)),
    )
    return {person for pair in await session.exec(query) for person in pair}
