"""Quotas in the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.lottery.quotas import Quota
from transport.store.bulk import among
from transport.tables import PlateQuota


def quota(row: PlateQuota) -> Quota:
    """The domain's value of a row."""
    return Quota(
        row.state,  # type: ignore[arg-type]  # the column holds the domain's own words
        row.valid_from,
        row.valid_until,
        row.vehicle,
        row.barred_until,
    )


def keep(row: PlateQuota, value: Quota) -> None:
    row.state, row.vehicle, row.barred_until = value.state, value.vehicle, value.barred_until


async def live_of(session: AsyncSession, holder: str) -> PlateQuota | None:
    """The holder's quota that is not used yet, locked: of two cars at once one gets it."""
    query = select(PlateQuota).where(PlateQuota.holder == holder, PlateQuota.state == "live").with_for_update()
    return (await session.exec(query, execution_options={"populate_existing": True})).one_or_none()


async def of(session: AsyncSession, people: Collection[str]) -> dict[str, list[Quota]]:
    """Every quota that these people ever had."""
    found: dict[str, list[Quota]] = {}
    query = select(PlateQuota).where(among(col(PlateQuota.holder), people))
    for row in (await session.exec(query)).all():
        found.setdefault(row.holder, []).append(quota(row))
    return found


async def run_out(session: AsyncSession, today: date, limit: int) -> Sequence[PlateQuota]:
    """Quotas not used in time, locked; those that another command holds are left out."""
    query = (
        select(PlateQuota)
        .where(PlateQuota.state == "live", PlateQuota.valid_until < today)
        .order_by(PlateQuota.urn)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.exec(query)).all()
