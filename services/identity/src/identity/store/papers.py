"""Cards, kinships, corrections and conflicts of numbers."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.tables import Card, Correction, Identification, Kinship, NumberConflict


async def cards(session: AsyncSession, person: UUID) -> list[Card]:
    """All cards of a person, the newest first."""
    query = select(Card).where(Card.person_id == person)
    return list(await session.exec(query.order_by(col(Card.issued_on).desc(), Card.urn)))


async def valid_card(session: AsyncSession, person: UUID) -> Card | None:
    query = select(Card).where(Card.person_id == person, Card.state == "valid")
    return (await session.exec(query)).one_or_none()


async def kinship(session: AsyncSession, urn: str, *, lock: bool = False) -> Kinship | None:
    query = select(Kinship).where(Kinship.urn == urn)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).one_or_none()


async def kinships(session: AsyncSession, person: UUID) -> list[Kinship]:
    """All kinships of a person, ended ones too."""
    query = select(Kinship).where(or_(Kinship.first_id == person, Kinship.second_id == person))
    return list(await session.exec(query.order_by(col(Kinship.since), Kinship.urn)))


async def correction(session: AsyncSession, id: str, *, lock: bool = False) -> Correction | None:
    query = select(Correction).where(Correction.id == id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).one_or_none()


async def conflict(session: AsyncSession, id: str, *, lock: bool = False) -> NumberConflict | None:
    query = select(NumberConflict).where(NumberConflict.id == id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).one_or_none()


async def conflicts(
    session: AsyncSession, after: tuple[str, str] | None, limit: int
) -> Sequence[tuple[NumberConflict, Identification, Identification]]:
    """A page of conflicts with the holder's and the claimant's identification; open ones ("open" > "decided") first."""
    query = select(NumberConflict).order_by(col(NumberConflict.state).desc(), NumberConflict.id).limit(limit)
    if after is not None:
        state, id = after
        query = query.where(
            or_(
                col(NumberConflict.state) < state,
                (col(NumberConflict.state) == state) & (col(NumberConflict.id) > id),
            )
        )
    found = (await session.exec(query)).all()
    urns = {urn for conflict in found for urn in (conflict.holder, conflict.claimant)}
    numbers = {i.urn: i for i in await session.exec(select(Identification).where(col(Identification.urn).in_(urns)))}
    return [(conflict, numbers[conflict.holder], numbers[conflict.claimant]) for conflict in found]
