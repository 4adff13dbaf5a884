"""Stays and residence permits."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.tables import Permit, Stay


async def stay(session: AsyncSession, urn: str) -> Stay | None:
    return (await session.exec(select(Stay).where(Stay.urn == urn))).one_or_none()


async def open_stay(session: AsyncSession, person: UUID) -> Stay | None:
    query = select(Stay).where(Stay.person_id == person, col(Stay.ended_on).is_(None))
    return (await session.exec(query)).one_or_none()


async def permit(session: AsyncSession, urn: str) -> Permit | None:
    return (await session.exec(select(Permit).where(Permit.urn == urn))).one_or_none()


async def held_permit(session: AsyncSession, person: UUID) -> Permit | None:
    """The permit that has not ended, suspended or not."""
    query = select(Permit).where(Permit.person_id == person, Permit.state != "ended")
    return (await session.exec(query)).one_or_none()


async def due_permits(session: AsyncSession, today: date, limit: int) -> Sequence[Permit]:
    """Valid permits whose last day for endorsement has passed."""
    query = select(Permit).where(Permit.state == "valid", col(Permit.endorse_by) < today)
    return (await session.exec(query.order_by(col(Permit.person_id)).limit(limit))).all()
