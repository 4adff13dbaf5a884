"""Finding persons: by pseudonym or by a number's blind index, never by attributes."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.tables import Identification, Person, Pseudonym

IN_FORCE = ("current", "contested")


async def by_pseudonym(session: AsyncSession, pseudonym: str, *, lock: bool = False) -> Person | None:
    """The person behind a pseudonym of any generation; locked until the transaction ends if asked for."""
    query = select(Person).join(Pseudonym, col(Pseudonym.person_id) == Person.id)
    query = query.where(Pseudonym.pseudonym == pseudonym)
    if lock:
        query = query.with_for_update(of=Person).execution_options(populate_existing=True)
    return (await session.exec(query)).one_or_none()


async def by_number(session: AsyncSession, scheme: str, blind: bytes) -> Sequence[tuple[Person, Identification]]:
    """Who holds or claims the number now: the holder first, then claimants."""
    query = select(Person, Identification).join(Identification, col(Identification.person_id) == Person.id)
    query = query.where(
        Identification.scheme == scheme,
        Identification.number_blind == blind,
        col(Identification.state).in_(IN_FORCE),
    )
    return (await session.exec(query.order_by(col(Identification.state).desc(), Identification.urn))).all()


async def lock(session: AsyncSession, people: Iterable[UUID]) -> None:
    """Hold these persons until the transaction ends, in one order for all."""
    await session.exec(
        select(Person.id).where(col(Person.id).in_(set(people))).order_by(col(Person.id)).with_for_update()
    )


async def identifications(session: AsyncSession, person: UUID) -> list[Identification]:
    """All numbers of a person, the newest first."""
    query = select(Identification).where(Identification.person_id == person)
    return list(
        await session.exec(query.order_by(col(Identification.assigned_on).desc(), col(Identification.urn).desc()))
    )


async def number_in_force(session: AsyncSession, person: UUID, scheme: str) -> Identification | None:
    query = select(Identification).where(
        Identification.person_id == person, Identification.scheme == scheme, col(Identification.state).in_(IN_FORCE)
    )
    return (await session.exec(query)).one_or_none()


async def identification(session: AsyncSession, urn: str) -> Identification:
    return (await session.exec(select(Identification).where(Identification.urn == urn))).one()


async def known_blinds(session: AsyncSession, scheme: str, blinds: Sequence[bytes]) -> set[bytes]:
    """Which of these numbers anybody ever had: a number is not given out twice."""
    query = select(Identification.number_blind).where(
        Identification.scheme == scheme, col(Identification.number_blind).in_(blinds)
    )
    return {bytes(blind) for blind in await session.exec(query)}


async def take_turns(session: AsyncSession, subject: str) -> None:
    """Wait for other transactions that take turns on ``subject``; held until this one ends."""
    connection = await session.connection()
    await connection.execute(text("select pg_advisory_xact_lock(hashtextextended(:subject, 0))"), {"subject": subject})


async def pseudonyms(session: AsyncSession, people: Iterable[UUID], sector: str) -> dict[UUID, str]:
    """The current pseudonyms in one sector."""
    query = select(Pseudonym.person_id, Pseudonym.pseudonym).where(
        col(Pseudonym.person_id).in_(set(people)), Pseudonym.sector == sector, col(Pseudonym.current)
    )
    return dict((await session.exec(query)).all())


async def holders(session: AsyncSession, scheme: str, blinds: Sequence[bytes]) -> dict[bytes, UUID]:
    """Who holds each of these numbers now, by blind index."""
    query = select(Identification.number_blind, Identification.person_id).where(
        Identification.scheme == scheme, col(Identification.number_blind).in_(blinds), Identification.state == "current"
    )
    return {bytes(blind): person for blind, person in await session.exec(query)}
