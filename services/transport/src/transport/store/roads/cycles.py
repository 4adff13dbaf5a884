"""Cycles of points in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.tables import AddedClass, PointsCycle, PointsReduction


async def open_of(session: AsyncSession, licence: str) -> PointsCycle | None:
    """The licence's open cycle, locked; the licence's row is locked before it."""
    query = select(PointsCycle).where(PointsCycle.licence == licence, PointsCycle.state == "open")
    found = await session.exec(query.with_for_update(), execution_options={"populate_existing": True})
    return found.one_or_none()


async def of_person(session: AsyncSession, person: str) -> Sequence[PointsCycle]:
    """Every cycle of a person's licences, locked."""
    query = select(PointsCycle).where(PointsCycle.holder == person).order_by(PointsCycle.urn)
    return (await session.exec(query.with_for_update())).all()


async def ended(session: AsyncSession, today: date, limit: int) -> Sequence[str]:
    """Licences whose open cycle ended before today."""
    query = select(PointsCycle.licence).where(PointsCycle.state == "open", PointsCycle.ends_on < today)
    return (await session.exec(query.order_by(PointsCycle.ends_on, PointsCycle.urn).limit(limit))).all()


async def twelve_stand(session: AsyncSession, licence: str) -> bool:
    """Whether the licence is retained, or would be, for its points."""
    cycle = await open_of(session, licence)
    return cycle is not None and cycle.full_on is not None


async def reached_twelve(session: AsyncSession, licence: str, since: date) -> bool:
    """Whether twelve points were reached in a cycle that ended on a day or later."""
    query = select(PointsCycle.urn).where(
        PointsCycle.licence == licence, PointsCycle.times_full > 0, PointsCycle.ends_on >= since
    )
    return (await session.exec(query.limit(1))).one_or_none() is not None


async def reductions(session: AsyncSession, cycle: str) -> Sequence[PointsReduction]:
    """Reductions that count in a cycle."""
    query = select(PointsReduction).where(PointsReduction.cycle == cycle, col(PointsReduction.counting))
    return (await session.exec(query.order_by(PointsReduction.id))).all()


async def added_classes(session: AsyncSession, licence: str) -> Mapping[str, date]:
    """The day of each class that came after the first licence."""
    query = select(AddedClass).where(AddedClass.licence == licence)
    return {row.name: row.added_on for row in (await session.exec(query)).all()}


async def note_classes(session: AsyncSession, licence: str, names: Sequence[str], on: date) -> None:
    """Classes that were added, with the day from which their probation runs."""
    if names:
        for row in (
            await session.exec(select(AddedClass).where(AddedClass.licence == licence, col(AddedClass.name).in_(names)))
        ).all():
            await session.delete(row)
        await session.flush()
        values = [{"licence": licence, "name": name, "added_on": on} for name in names]
        await (await session.connection()).execute(insert(AddedClass), values)
