"""After the legal retention an entry and its salt go; its leaf, a hash of both, stays in the tree for ever.

How long is a dated parameter; of a look that a law delays the time runs from the day of its disclosure. How far removal has
come stands in ``expiry``, so that a missing entry and an expired one are told apart.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

import asyncpg
import structlog
from onewindow_contracts.errors import NotYetInForce
from onewindow_contracts.loader import Contracts

from gateway.recorder import metrics

PARAMETER: Final = "access.entry-retention-years"
CHUNK: Final = 5000
_NEXT: Final = "select index, at, discloses_on from entry where index >= $1 order by index limit $2"
_DISCLOSED: Final = "delete from entry where discloses_on < $1 and index < $2"
log = structlog.get_logger(__name__)
# Credentials and people of whom no entry is left.
_ORPHANS: Final = (
    "delete from subject where not exists (select from entry where entry.subject = subject.number)",
    "delete from credential where not exists (select from entry where entry.credential = credential.number)",
)


def cutoff(contracts: Contracts, today: date) -> date:
    """Entries of before this day have been kept long enough on the day ``today``.

    A day before the first such rule (a replayed year) goes by that rule.
    """
    try:
        years = contracts.parameter(PARAMETER, today)
    except NotYetInForce as early:
        years = contracts.parameter(PARAMETER, early.since)
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)


async def expire(connection: asyncpg.Connection, before: date, time_zone: str) -> int:
    """Remove entries from before the day ``before`` at the office; how many.

    Goes from the oldest on to the first that is young; delayed ones are passed by until their own time.
    """
    end = datetime.combine(before, time(), ZoneInfo(time_zone)).astimezone(UTC)
    place = await connection.fetchval("select coalesce(max(until), 0) from expiry")
    removed = int((await connection.execute(_DISCLOSED, before, place)).rpartition(" ")[2])
    metrics.EXPIRED.inc(removed)
    while True:
        rows = await connection.fetch(_NEXT, place, CHUNK)
        old = []
        for row in rows:
            if row["at"] >= end:
                break
            old.append(row)
        if not old:
            return removed
        gone = [row["index"] for row in old if row["discloses_on"] is None or row["discloses_on"] < before]
        place = old[-1]["index"] + 1
        async with connection.transaction():
            await connection.execute("delete from entry where index = any($1::bigint[])", gone)
            await connection.execute(
                "insert into expiry (until, before) values ($1, $2) on conflict (until) do nothing", place, before
            )
        removed += len(gone)
        metrics.EXPIRED.inc(len(gone))
        if len(old) < len(rows):
            return removed


async def sweep(connection: asyncpg.Connection) -> None:
    """Forget people and credentials of whom no entry is left. Only between merges: a merge may be about to name one."""
    for statement in _ORPHANS:
        await connection.execute(statement)


async def tidy(connection: asyncpg.Connection) -> None:
    """Of checkpoints older than a day one a day is enough, the last cosigned one; younger ones without cosignature go
    when ten minutes old, save the newest."""
    await connection.execute(
        """
        delete from checkpoint where size < (select max(size) from checkpoint) and (
            (cosignatures = '' and at < now() - interval '10 minutes')
            or (at < now() - interval '1 day' and size not in (
                select max(size) from checkpoint where cosignatures <> '' group by date_trunc('day', at)))
        )
        """
    )


async def upkeep(connection: asyncpg.Connection, contracts: Contracts, today: date, time_zone: str) -> None:
    """Once a day: what the law no longer keeps goes, and what only it needed."""
    removed = await expire(connection, cutoff(contracts, today), time_zone)
    if removed:
        await sweep(connection)
    await tidy(connection)
    log.info("record kept up", expired=removed)
