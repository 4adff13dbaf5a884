"""That is wrong: about a record in one's own window, decided by the office that keeps it."""

from __future__ import annotations

from typing import Literal

from onewindow_kit.decide import Principal
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight.domain.problems import DisputeOpen
from oversight.service import matters
from oversight.service.desk import Desk
from oversight.tables import Matter


async def raise_(desk: Desk, session: AsyncSession, person: str, about: str, grounds: str) -> Matter:
    """The gateway found the record in the person's own window."""
    if not await matters.once(session, person, about):
        raise DisputeOpen
    office = about.split(":")[2]
    return await matters.open_(desk, session, "dispute", person, about, office, {"text": grounds})


async def assign(
    desk: Desk, session: AsyncSession, caller: Principal, urn: str, version: int, officer: str, name: str
) -> Matter:
    """Somebody answers for it from now on."""
    matters.acting(caller)
    row = await matters.of_office(desk, session, "dispute", urn, caller, version)
    at = matters.standing(row)
    at.require_open()
    return await matters.move(desk, session, row, at, handler={"officer": officer, "name": name})


async def decide(
    desk: Desk,
    session: AsyncSession,
    caller: Principal,
    urn: str,
    version: int,
    *,
    outcome: Literal["upheld", "rejected"],
    name: str,
    basis: str,
    reason: str,
    remedy: str,
) -> Matter:
    """Signed by the officer whom the caller's office vouches for; the office corrects its record by its own means."""
    officer = matters.acting(caller)
    row = await matters.of_office(desk, session, "dispute", urn, caller, version)
    to = matters.standing(row).ruled(outcome, supervisor=matters.as_supervisor(desk, row, caller))
    handler = {"officer": officer, "name": name}
    ruling = {
        "outcome": outcome,
        "decided_on": desk.today(),
        "by": caller.authority,
        "handler": handler,
        "legal_basis": basis,
        "reason": reason,
        "remedy": remedy,
    }
    return await matters.move(desk, session, row, to, handler=handler, ruling=ruling)


async def withdraw(desk: Desk, session: AsyncSession, person: str, urn: str) -> Matter:
    row = await matters.own(session, "dispute", urn, person)
    return await matters.move(desk, session, row, matters.standing(row).withdrawn())
