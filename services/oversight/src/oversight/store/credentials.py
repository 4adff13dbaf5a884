"""What is in force, and alarms in the order in which they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight.tables import Alarm, Lock, Revocation


async def revoked(session: AsyncSession, kind: str, value: str, organisation: str | None) -> bool:
    """Whether exactly this is revoked and was not lifted."""
    same = (
        Revocation.kind == kind,
        Revocation.value == value,
        col(Revocation.organisation).is_not_distinct_from(organisation),
    )
    return (
        await session.exec(select(Revocation.urn).where(*same, col(Revocation.lifted).is_(None)))
    ).first() is not None


async def locked(session: AsyncSession, organisation: str, officer: str | None) -> bool:
    """Whether exactly this officer, or with None this office as a whole, is locked."""
    same = (Lock.organisation == organisation, col(Lock.officer).is_not_distinct_from(officer))
    return (await session.exec(select(Lock.urn).where(*same, col(Lock.lifted).is_(None)))).first() is not None


async def add_alarm(session: AsyncSession, id: str, at: datetime, body: dict[str, Any]) -> bool:
    """Keep an alarm; False for one that is kept."""
    statement = insert(Alarm).values(id=id, at=at, body=body).on_conflict_do_nothing().returning(col(Alarm.id))
    return (await (await session.connection()).execute(statement)).scalar_one_or_none() is not None


async def alarms(session: AsyncSession, before: tuple[datetime, str] | None, limit: int) -> Sequence[Alarm]:
    """Alarms older than ``before`` (moment, id), newest first."""
    query = select(Alarm).order_by(col(Alarm.at).desc(), col(Alarm.id).desc()).limit(limit)
    if before is not None:
        query = query.where(tuple_(col(Alarm.at), col(Alarm.id)) < tuple_(*before))
    return (await session.exec(query)).all()
