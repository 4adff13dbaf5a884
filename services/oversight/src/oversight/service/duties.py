"""What the day itself brings about: reminders, escalations, and the end of what nobody contested."""

from __future__ import annotations

from datetime import date
from functools import partial

from onewindow_kit.duties import Duty
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight.service import matters
from oversight.service.desk import Desk
from oversight.store.matters import to_look_at

BATCH = 200  # not a rule: matters in one transaction


def duties(desk: Desk) -> dict[str, Duty]:
    """By name."""
    return {"oversight-terms": partial(keep_terms, desk)}


async def keep_terms(desk: Desk, session: AsyncSession, on: date) -> int:
    """Every pending matter takes the steps that are due; how many took one. Each step is an event for the citizen and for
    the office's sector."""
    soon = desk.after(on, desk.question_terms(on).reminder)
    moved = 0
    for row in await to_look_at(session, on, soon, BATCH):
        terms = desk.terms(row.kind, row.opened_on)
        before = matters.standing(row)
        while (to := matters.standing(row).step(on, terms, desk.after)) is not None:
            await matters.move(desk, session, row, to)
        moved += matters.standing(row) != before
    return moved
