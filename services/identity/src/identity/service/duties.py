"""What the office must do by itself when a day comes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Protocol

from onewindow_kit.cases import Cases
from onewindow_kit.duties import Duty
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.events import Changes, Office
from identity.service import kinships, marriages, moves, permits
from identity.service.desk import Desk
from identity.service.rules import Rules

CLIENT = "identity"
"""Who works at the desk when nobody does."""


class State(Protocol):
    """What a desk is made of; the rules are those of the contracts as they are when a duty runs."""

    office: Office
    rules: Rules
    cases: Cases


async def _cases(desk: Desk) -> int:
    return await desk.cases.lapse(desk, desk.session, desk.today)


DUTIES: dict[str, Callable[[Desk], Awaitable[int]]] = {
    "moves-expire": moves.expire,
    "permits-suspend": permits.suspend_late,
    "guardianships-end": kinships.end_at_majority,
    "cases-lapse": _cases,
    "divorces-lapse": marriages.lapse_divorces,
}


def duties_of(state: Callable[[], State]) -> dict[str, Duty]:
    """Each at a desk of its own, with everything that it changed published in its transaction."""

    def at_desk(work: Callable[[Desk], Awaitable[int]]) -> Duty:
        async def duty(session: AsyncSession, _today: date) -> int:
            now = state()
            desk = Desk(session, now.office, now.rules, CLIENT, Changes(session, now.office), now.cases)
            done = await work(desk)
            await desk.changes.publish()
            return done

        return duty

    return {name: at_desk(work) for name, work in DUTIES.items()}
