"""Decisions about who is who, and the pseudonyms that they move."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.tables import LinkDecision, Pseudonym
from identity.tables.links import ORDER


async def decision(session: AsyncSession, id: str, *, lock: bool = False) -> LinkDecision | None:
    query = select(LinkDecision).where(LinkDecision.id == id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).one_or_none()


async def next_order(session: AsyncSession) -> int:
    """Rises with each merge and split; asked for while both persons are held."""
    return (await (await session.connection()).execute(ORDER.next_value())).scalar_one()


async def names(session: AsyncSession, person: UUID) -> list[Pseudonym]:
    """Every pseudonym of a person, aliases too."""
    query = select(Pseudonym).where(Pseudonym.person_id == person)
    return list(await session.exec(query.order_by(Pseudonym.sector, col(Pseudonym.generation), Pseudonym.pseudonym)))


async def forget(session: AsyncSession, pseudonyms: Collection[str]) -> None:
    """These name nobody any more, as if they never had."""
    await (await session.connection()).execute(delete(Pseudonym).where(col(Pseudonym.pseudonym).in_(pseudonyms)))
