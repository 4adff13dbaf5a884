"""A citizen enters a pool or leaves it again, until its list is frozen."""

from __future__ import annotations

import secrets
from datetime import datetime

from onewindow_kit.problems import NotFound
from onewindow_kit.pseudonyms import is_organisation
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import events
from transport.domain.lottery import pool as domain
from transport.domain.lottery.entries import may_withdraw
from transport.domain.lottery.hashing import entry_code
from transport.domain.lottery.problems import EntryExists
from transport.domain.problems import HolderDeceased
from transport.domain.roads.problems import NaturalPersonOnly
from transport.service.desk import VEHICLE_ADMINISTRATION, Desk
from transport.service.lottery.keeping import act, keep_entries
from transport.store import people, rows
from transport.store.lottery import entries, pools
from transport.tables import LotteryEntry

OPENING_BYTES = 32  # not a rule: as long as the hash that hides it


async def join(desk: Desk, session: AsyncSession, urn: str, *, applicant: str, now: datetime) -> Record:
    """The applicant's entry, with the opening of its code. Conditions are tested at the freeze, not now."""
    if is_organisation(applicant):
        raise NaturalPersonOnly
    row = await pools.shared(session, urn)
    domain.takes_entries(pools.pool(row, ()))
    if await people.deceased(session, applicant):
        raise HolderDeceased
    today = desk.today()
    entry, opening = new_urn(desk.authority(VEHICLE_ADMINISTRATION), "lottery-entry"), secrets.token_hex(OPENING_BYTES)
    made = LotteryEntry(
        urn=entry,
        version=1,
        lottery=urn,
        applicant=applicant,
        state="entered",
        entered_on=today,
        code=entry_code(urn, entry, opening),
        opening=opening,
        created_at=now,
    )
    if not await entries.add(session, made):
        raise EntryExists
    record = events.lottery_entry(made, act(desk, today), "created")
    await desk.records.publish(session, record)
    return record


async def leave(desk: Desk, session: AsyncSession, urn: str, version: int, *, applicant: str) -> Record:
    """The applicant's own only: anybody else's looks like a missing one."""
    entry = await rows.read(session, LotteryEntry, urn)
    if entry.applicant != applicant:
        raise NotFound
    await pools.shared(session, entry.lottery)  # the pool before its entry, as the freeze locks them
    row = await rows.locked(session, LotteryEntry, urn, version)
    may_withdraw(row.state)
    row.state = "withdrawn"
    [record] = await keep_entries(desk, session, [row], act(desk, desk.today()), "ended")
    return record
