"""What transport's offices do by themselves when a day has come."""

from __future__ import annotations

from datetime import date
from functools import partial

from onewindow_kit.duties import Duty
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.service.desk import Acting, Desk
from transport.service.lottery.quotas import forfeit
from transport.service.roads import points

BATCH = 200  # not a rule: how much one transaction does


async def _lapse(desk: Desk, session: AsyncSession, today: date) -> int:
    """Cases whose parties did not answer in time."""
    return await desk.cases.lapse(Acting(desk), session, today, BATCH)


async def _close(desk: Desk, session: AsyncSession, today: date) -> int:
    """Cycles of points that have ended."""
    return await points.close_ended(desk, session, today, BATCH)


def duties(desk: Desk) -> dict[str, Duty]:
    return {
        "cases-lapse": partial(_lapse, desk),
        "points-cycles-close": partial(_close, desk),
        "quotas-forfeit": partial(forfeit, desk),
    }
