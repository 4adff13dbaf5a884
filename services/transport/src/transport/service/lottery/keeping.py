"""Storing and publishing what the lottery's use cases change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import events
from transport.domain.lottery.pool import Pool
from transport.domain.lottery.quotas import Quota
from transport.events import Act
from transport.service.desk import VEHICLE_ADMINISTRATION, Desk
from transport.store import rows
from transport.store.lottery import pools, quotas
from transport.tables import Lottery, LotteryEntry, LotteryParty, PlateQuota

LEGAL_BASIS = "小客车总量调控管理规定（演示）"
REMEDY = (
    "可自知道之日起六十日内申请行政复议，或六个月内向人民法院起诉。 / "
    "Administrative review within 60 days, or an action before the People's Court within six months."
)


@dataclass(frozen=True, slots=True)
class Held:
    """A pool with its rows, locked until the command ends."""

    row: Lottery
    parties: Sequence[LotteryParty]
    pool: Pool


def act(desk: Desk, on: date, legal_basis: str = LEGAL_BASIS) -> Act:
    return Act(desk.authority(VEHICLE_ADMINISTRATION), on, legal_basis)


async def held(session: AsyncSession, urn: str, version: int | None = None) -> Held:
    """NotFound; VersionConflict if ``version`` is another."""
    row = await rows.locked(session, Lottery, urn, version)
    parties = await pools.parties(session, urn)
    return Held(row, parties, pools.pool(row, parties))


async def keep_pool(
    desk: Desk, session: AsyncSession, found: Held, after: Pool, winners: Sequence[str], done: Act
) -> Record:
    pools.keep(found.row, found.parties, after)
    found.row.version += 1
    await session.flush()
    change: events.Change = "ended" if after.state == "awarded" else "varied"
    record = events.lottery_draw(found.row, after, winners, done, change)
    await desk.records.publish(session, record)
    return record


async def keep_entries(
    desk: Desk, session: AsyncSession, entries: Sequence[LotteryEntry], done: Act, change: events.Change = "varied"
) -> list[Record]:
    """The next version of each entry (rows already changed)."""
    for row in entries:
        row.version += 1
    await session.flush()
    records = [events.lottery_entry(row, done, change) for row in entries]
    if records:
        await desk.records.publish(session, *records)
    return records


async def keep_quota(
    desk: Desk, session: AsyncSession, row: PlateQuota, after: Quota, done: Act, change: events.Change = "ended"
) -> Record:
    quotas.keep(row, after)
    row.version += 1
    await session.flush()
    record = events.plate_quota(row, done, change)
    await desk.records.publish(session, record)
    return record
