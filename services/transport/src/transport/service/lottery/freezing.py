"""The freeze: who meets the conditions is listed with a weight, and the list's root is published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from onewindow_kit.problems import VersionConflict
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.lottery import pool as domain
from transport.domain.lottery.conditions import Ground, unmet, weight
from transport.domain.lottery.draw import Listed
from transport.domain.lottery.pool import PublicValue
from transport.service.desk import Desk
from transport.service.lottery import rules
from transport.service.lottery.facts import Home, facts, homes
from transport.service.lottery.keeping import REMEDY, act, held, keep_entries, keep_pool
from transport.store import rows
from transport.store.lottery import entries, pools
from transport.tables import Lottery, LotteryEntry


async def freeze(
    desk: Desk,
    session: AsyncSession,
    urn: str,
    version: int,
    *,
    public_value: PublicValue,
    now: Callable[[], datetime],
    legal_basis: str,
) -> Record:
    """``now`` is asked again when the list is made: neighbours may take longer to answer than the value to be known."""
    today = desk.today()
    row = await rows.read(session, Lottery, urn)
    if row.version != version:
        raise VersionConflict
    least, due_at = rules.reveal_time(desk.rules, row.opened_on), public_value.due_at
    domain.may_freeze(pools.pool(row, await pools.parties(session, urn)), today, now(), due_at, least)
    # Neighbours are asked before anything is locked; only about who came meanwhile they are asked below.
    known = await homes(desk, await entries.applicants(session, urn), row.opened_on, today)
    found = await held(session, urn, version)
    domain.may_freeze(found.pool, today, now(), due_at, least)
    entered = await entries.in_state(session, urn, "entered")
    late = {entry.applicant for entry in entered} - known.keys()
    known |= await homes(desk, late, row.opened_on, today)
    done = act(desk, today, legal_basis)
    listed = await _list(desk, session, entered, known, row.opened_on, today)
    excluded = [entry for entry in entered if entry.ground is not None]
    await keep_entries(desk, session, excluded, done, "ended")
    await keep_entries(desk, session, listed, done)
    lines = [Listed(entry.code, entry.weight or 0) for entry in listed]
    after = domain.freeze(found.pool, lines, today, now(), public_value, least)
    return await keep_pool(desk, session, found, after, (), done)


async def _list(
    desk: Desk,
    session: AsyncSession,
    entered: Sequence[LotteryEntry],
    known: dict[str, Home],
    judged_on: date,
    today: date,
) -> list[LotteryEntry]:
    """Mark each entry: listed with its weight, or excluded for the condition that is not met."""
    people = {entry.applicant: known[entry.applicant] for entry in entered}
    stated = await facts(desk, session, people, today)
    failed = await entries.failed_rounds(session, people)
    ladder, months = rules.ladder(desk.rules, judged_on), rules.insured_months(desk.rules, judged_on)
    listed = []
    for entry in entered:
        ground = unmet(stated[entry.applicant], months)
        if ground is not None:
            exclude(entry, "excluded", ground)
            continue
        rounds = failed.get(entry.applicant, 0)
        entry.state, entry.failed_rounds, entry.weight = "listed", rounds, weight(rounds, ladder)
        listed.append(entry)
    return listed


def exclude(entry: LotteryEntry, state: str, ground: Ground) -> None:
    """A decision against the applicant, with its reason and remedy."""
    entry.state, entry.ground, entry.remedy = state, ground, REMEDY
