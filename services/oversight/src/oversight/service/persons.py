"""Two persons who are one, and one who is two: whose matters and notices are whose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import orjson
from onewindow_kit import aliases
from onewindow_kit.clock import now, stamp
from onewindow_kit.problems import NotFound
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight.events.envelope import UNKNOWN, Change, subject
from oversight.service import matters
from oversight.service.desk import Desk
from oversight.store import rows
from oversight.store.matters import of_person
from oversight.tables import Matter, Notice, Parted


async def merge(desk: Desk, session: AsyncSession, losing: str, into: str) -> None:
    """Everything of the losing name is published anew under the surviving one."""
    coming, there = await of_person(session, losing), await of_person(session, into)
    await aliases.merged(session, losing, into, [row.urn for row in coming], [row.urn for row in there])
    pending = {row.about for row in there if isinstance(row, Matter) and matters.standing(row).is_pending}
    for row in coming:
        if isinstance(row, Matter) and row.about in pending and matters.standing(row).is_pending:
            # one person asked the same twice under two names: the second is withdrawn for them
            await matters.move(desk, session, row, matters.standing(row).withdrawn())
        await _refile(desk, session, row, into, "merged")


async def split(desk: Desk, session: AsyncSession, old: str, stays: str, leaves: str, returning: Sequence[str]) -> None:
    """What was known before a merge goes back; whose the rest is a supervisor says, and until then neither sees it."""
    mine = await of_person(session, old)
    sides = await aliases.split(session, old, stays, leaves, returning, [row.urn for row in mine])
    names = {"stays": stays, "leaves": leaves, "contested": UNKNOWN + old}
    session.add(Parted(old=old, stays=stays, leaves=leaves))
    for row in mine:
        await _refile(desk, session, row, names[sides[row.urn]], "corrected")


async def assign(desk: Desk, session: AsyncSession, urn: str, side: Literal["stays", "leaves"]) -> None:
    """A supervisor says whose a matter or a notice is of which the split left it open; NotFound for any other."""
    row = await rows.locked(session, Notice if urn.split(":")[3] == "notice" else Matter, urn)
    if not row.person.startswith(UNKNOWN):
        raise NotFound
    parted = await session.get(Parted, row.person.removeprefix(UNKNOWN))
    if parted is None:
        raise NotFound
    person = parted.stays if side == "stays" else parted.leaves
    # Whoever it is may have been merged with somebody, or split again, since.
    person = await aliases.resolve(session, person)
    if await session.get(Parted, person) is not None:
        person = UNKNOWN + person
    await _refile(desk, session, row, person, "corrected")


async def _refile(desk: Desk, session: AsyncSession, row: Matter | Notice, person: str, change: Change) -> None:
    if isinstance(row, Matter):
        await matters.refile(desk, session, row, person, change)
        return
    envelope = orjson.loads(await desk.records.current(session, row.urn) or b"{}")
    row.person, row.version = person, row.version + 1
    await session.flush()
    at = now()
    since = envelope["body"]["issued_on"]
    envelope |= {
        "version": row.version,
        "change": change,
        "recorded_at": stamp(at),
        "subjects": subject(person, "addressee", since),
    }
    head = (envelope["contract"], row.urn, row.version, change, envelope["authority"])
    await desk.records.publish(session, Record(*head, orjson.dumps(envelope), at))
