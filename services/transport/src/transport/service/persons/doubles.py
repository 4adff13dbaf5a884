"""What one person can't have twice: a live licence, a live quota, an entry in one pool. Settled before records move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.licences import LIVE
from transport.domain.lottery import quotas as rights
from transport.service.desk import Acting, Desk
from transport.service.lottery.freezing import exclude
from transport.service.lottery.keeping import act, keep_entries, keep_quota
from transport.service.persons.rules import review_by
from transport.store.lottery import quotas
from transport.tables import DrivingLicence, LotteryEntry, PlateQuota

REVIEW = "licence-review"


async def settle(desk: Desk, session: AsyncSession, coming: Sequence[Any], there: Sequence[Any], on: date) -> list[str]:
    """Of ``coming`` and ``there``, soon one person's: the licences that an officer must decide on, earliest first."""
    rows = [*coming, *there]
    await _entries(desk, session, rows, on)
    await _quotas(desk, session, rows, on)
    licences = _licences(rows)
    await session.flush()
    return licences


async def ask_officer(desk: Desk, session: AsyncSession, person: str, licences: Sequence[str], on: date) -> None:
    """A case about two live licences of one person: both stand until it is decided."""
    if len(licences) > 1:
        await desk.cases.open(
            Acting(desk),
            session,
            REVIEW,
            person,
            {"licences": list(licences)},
            on=on,
            decide_by=review_by(desk.rules, on),
            concerns=list(licences),
        )


def _licences(rows: Sequence[Any]) -> list[str]:
    live = [row for row in rows if isinstance(row, DrivingLicence) and row.state in LIVE]
    live.sort(key=lambda row: (row.first_issued_on, row.urn))
    for later in live[1:]:
        later.doubtful = True
    for first in live[:1]:
        first.doubtful = False
    return [row.urn for row in live] if len(live) > 1 else []


async def _quotas(desk: Desk, session: AsyncSession, rows: Sequence[Any], on: date) -> None:
    live = [row for row in rows if isinstance(row, PlateQuota) and row.state == "live"]
    live.sort(key=lambda row: (row.valid_from, row.urn))
    for later in live[1:]:
        await keep_quota(desk, session, later, rights.give_back(quotas.quota(later)), act(desk, on))


async def _entries(desk: Desk, session: AsyncSession, rows: Sequence[Any], on: date) -> None:
    """Before the freeze the later entry goes; after it the list is what it is, and the award gives one quota."""
    entered = [row for row in rows if isinstance(row, LotteryEntry) and row.state == "entered"]
    entered.sort(key=lambda row: (row.created_at, row.urn))
    pools: set[str] = set()
    for entry in entered:
        if entry.lottery in pools:
            exclude(entry, "excluded", "one-entry")
            await keep_entries(desk, session, [entry], act(desk, on), "ended")
        pools.add(entry.lottery)
