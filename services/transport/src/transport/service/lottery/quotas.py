"""Quotas in use: one car each; one that runs out is forfeited."""

from __future__ import annotations

from datetime import date

from onewindow_kit.pseudonyms import is_organisation
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.lottery import quotas as domain
from transport.domain.lottery.problems import PlateQuotaMissing
from transport.service.desk import Desk
from transport.service.lottery import rules
from transport.service.lottery.keeping import act, keep_quota
from transport.store.lottery import quotas

FREE_GROUNDS = ("inheritance", "judgment", "division")
"""Ways to get a car that need no quota."""
BATCH = 200  # not a rule: quotas that one turn of the duty forfeits


async def spend(
    desk: Desk, session: AsyncSession, *, owner: str, vehicle: str, plate_type: str, on: date, ground: str = "first"
) -> None:
    """Use the owner's quota for a car; PlateQuotaMissing where one is needed and there is none."""
    if is_organisation(owner) or ground in FREE_GROUNDS or plate_type not in rules.plate_types(desk.rules, on):
        return
    row = await quotas.live_of(session, owner)
    if row is not None and domain.usable(quotas.quota(row), on):
        await keep_quota(desk, session, row, domain.use(quotas.quota(row), vehicle), act(desk, on))
    elif rules.required(desk.rules, on):
        raise PlateQuotaMissing


async def forfeit(desk: Desk, session: AsyncSession, today: date) -> int:
    """A duty: quotas whose last day is over; how many."""
    late = await quotas.run_out(session, today, BATCH)
    for row in late:
        years = rules.bar_years(desk.rules, row.valid_from)
        await keep_quota(desk, session, row, domain.forfeit(quotas.quota(row), years), act(desk, row.valid_until))
    return len(late)
