"""What follows from the population office's notices: a death, a death wrongly reported, a move."""

from __future__ import annotations

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.problems import UnknownZone
from transport.service.desk import Desk
from transport.service.licences import Grounds, cancel_of
from transport.service.permits import LEGAL_BASIS, REMEDY, end_all, residence
from transport.store import licences, people, permits

DEATH_BASIS = "机动车驾驶证申领和使用规定第79条"
DEATH = "户籍机关报告持有人死亡 / the population office reported the holder's death"
MOVED = "登记住址已不在停车区内 / the registered address no longer lies in the zone"


async def death(desk: Desk, session: AsyncSession, person: str, died_on: date) -> None:
    """Licences are cancelled and permits end; vehicles wait for the heirs, a sale is blocked from now on."""
    await people.note_death(session, person, died_on)
    held = await licences.live_of_holder(session, person)
    await cancel_of(desk, session, held, died_on, "death", DEATH_BASIS, Grounds(DEATH, REMEDY))
    await end_all(desk, session, await permits.live_of_holder(session, person), died_on, DEATH, LEGAL_BASIS)


async def revival(session: AsyncSession, person: str) -> None:
    """The death is withdrawn; an officer restores the licence on request (a decision that was overturned)."""
    await people.forget_death(session, person)


async def moved(desk: Desk, session: AsyncSession, person: str, moved_on: date) -> None:
    """Permits end whose zone the person has left."""
    if not await permits.live_of_holder(session, person):
        return
    home = await residence(desk, person)
    gone = []
    for permit in await permits.live_of_holder(session, person):
        try:
            zone = desk.rules.zone(permit.zone, desk.today())
        except UnknownZone:
            continue  # the zone was abolished; its permits run out by themselves
        if not zone.covers(home.place):
            gone.append(permit)
    await end_all(desk, session, gone, moved_on, MOVED, LEGAL_BASIS)
