"""Which matters wait, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import text
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight.domain.standing import PENDING
from oversight.tables import Matter, Notice


async def pending_about(session: AsyncSession, person: str, about: str) -> bool:
    """Whether this person's matter about the same thing is pending."""
    pending = col(Matter.state).in_(PENDING)
    found = select(Matter.urn).where(Matter.person == person, Matter.about == about, pending)
    return (await session.exec(found)).first() is not None


async def to_look_at(session: AsyncSession, on: date, soon: date, limit: int) -> Sequence[Matter]:
    """Pending matters for which the day ``on`` may bring something about, locked; those that others hold are left to
    them. ``soon`` is the latest end of a term of which one is reminded on that day."""
    due = or_(
        (Matter.state == "answered") & (col(Matter.due) < on),
        (Matter.state == "open") & (col(Matter.due) <= soon) & col(Matter.reminded_on).is_(None),
        # once reminded: overdue, and not reminded today
        (Matter.state == "open") & (col(Matter.due) < on) & (col(Matter.reminded_on) < on),
    )
    query = select(Matter).where(due).order_by(col(Matter.due)).limit(limit).with_for_update(skip_locked=True)
    return (await session.exec(query, execution_options={"populate_existing": True})).all()


async def of_person(session: AsyncSession, person: str) -> list[Matter | Notice]:
    """Everything that stands under a name, locked."""
    matters = await session.exec(select(Matter).where(Matter.person == person).with_for_update())
    notices = await session.exec(select(Notice).where(Notice.person == person).with_for_update())
    return [*matters.all(), *notices.all()]


async def serialise(session: AsyncSession, key: str) -> None:
    """Two commands about the same thing come one after the other."""
    await session.exec(text("select pg_advisory_xact_lock(hashtextextended(:key, 0))").bindparams(key=key))  # type: ignore[call-overload]  # a plain statement
