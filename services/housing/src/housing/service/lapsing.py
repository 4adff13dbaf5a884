"""What ends by itself when a day has passed: each function does a batch of it and says how many."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.advance_notice import AdvanceNotice
from housing.domain.objection import Objection
from housing.domain.residence_right import ResidenceRight
from housing.service import first_refusal, freezes, rights
from housing.service.fund import duties as fund
from housing.service.registry import Registry
from housing.store import rights as store
from housing.store import titles

BATCH = 200  # not a rule: how much one transaction does
DAY = timedelta(days=1)
OBJECTION, NOTICE, RESIDENCE = "民法典 第二百二十条", "民法典 第二百二十一条", "民法典 第三百七十条"


async def cases(session: AsyncSession, registry: Registry, today: date) -> int:
    """Cases whose parties did not answer in time."""
    return await registry.cases.lapse(registry, session, today, BATCH)


async def lapsed_freezes(session: AsyncSession, registry: Registry, today: date) -> int:
    """Freezes whose term is over; the next in the queue takes effect."""
    return await freezes.lapse(session, registry, today, BATCH)


async def offers(session: AsyncSession, registry: Registry, today: date) -> int:
    """First refusals that nobody used in time."""
    return await first_refusal.lapse(session, registry, today, BATCH)


async def objections(session: AsyncSession, registry: Registry, today: date) -> int:
    """Objections without a suit (Civil Code 220)."""
    done = 0
    for urn in await store.due(session, Objection, today, BATCH):
        for objection in await _of_title(session, urn, "objections"):
            if objection.lapsed(today):
                day = objection.holds_until + DAY
                await rights.end(session, registry, objection.ended("lapsed", day), day, OBJECTION)
                done += 1
    return done


async def notices(session: AsyncSession, registry: Registry, today: date) -> int:
    """Advance notices whose beneficiary did not register in time (Civil Code 221)."""
    done = 0
    for urn in await store.due(session, AdvanceNotice, today, BATCH):
        for notice in await _of_title(session, urn, "notices"):
            if notice.lapsed(today):
                day = notice.holds_until + DAY
                await rights.end(session, registry, notice.ended("lapsed", day), day, NOTICE)
                done += 1
    return done


async def residences(session: AsyncSession, registry: Registry, today: date) -> int:
    """Residence rights whose term is over (Civil Code 370)."""
    done = 0
    for urn in await store.due(session, ResidenceRight, today, BATCH):
        for right in await _of_title(session, urn, "residences"):
            if right.expired(today):
                day = right.until + DAY
                await rights.end(session, registry, right.ended("expired", day), day, RESIDENCE)
                done += 1
    return done


async def _of_title(session: AsyncSession, urn: str, what: str) -> tuple:
    title = await titles.load(session, urn)
    return () if title is None else getattr(title, what)


DUTIES: dict[str, Callable[[AsyncSession, Registry, date], Awaitable[int]]] = {
    "housing-cases": cases,
    "housing-freezes": lapsed_freezes,
    "housing-offers": offers,
    "housing-objections": objections,
    "housing-notices": notices,
    "housing-residences": residences,
    **fund.DUTIES,
}
"""What the department does by itself."""
