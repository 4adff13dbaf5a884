"""Household registers, the registrations in them, and moves between them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.domain.moves import OPEN
from identity.tables import Household, Move, Registration


async def household(session: AsyncSession, urn: str, *, lock: bool = False) -> Household | None:
    query = select(Household).where(Household.urn == urn)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).one_or_none()


async def household_by_code(session: AsyncSession, blind: bytes) -> Household | None:
    query = select(Household).where(Household.code_blind == blind)
    return (await session.exec(query.with_for_update())).one_or_none()


async def members(session: AsyncSession, household: str, *, limit: int | None = None) -> list[Registration]:
    """The present members, the head first."""
    query = select(Registration).where(Registration.household == household, col(Registration.ended_on).is_(None))
    query = query.order_by(
        (col(Registration.relationship) == "02").desc(), col(Registration.registered_on), Registration.urn
    ).limit(limit)
    return list(await session.exec(query))


async def registration(session: AsyncSession, urn: str) -> Registration:
    return (await session.exec(select(Registration).where(Registration.urn == urn))).one()


async def open_registration(session: AsyncSession, person: UUID) -> Registration | None:
    """Where the person is registered now."""
    query = select(Registration).where(Registration.person_id == person, col(Registration.ended_on).is_(None))
    return (await session.exec(query)).one_or_none()


async def move(session: AsyncSession, urn: str) -> Move | None:
    return (await session.exec(select(Move).where(Move.urn == urn))).one_or_none()


async def open_move(session: AsyncSession, person: UUID) -> Move | None:
    query = select(Move).where(Move.person_id == person, col(Move.step).in_(OPEN))
    return (await session.exec(query)).one_or_none()


async def expired_moves(session: AsyncSession, today: date, limit: int) -> Sequence[Move]:
    """Moves whose certificate is no longer good."""
    query = select(Move).where(Move.step == "in-transit", col(Move.certificate_until) < today)
    return (await session.exec(query.order_by(col(Move.person_id)).limit(limit))).all()
