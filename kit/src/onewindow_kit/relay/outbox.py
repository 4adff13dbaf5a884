"""The relay's one database connection: the lock, the waiting rows and the marks live and die together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

import asyncpg

from onewindow_kit.waker import CHANNEL

_LOCK = "select pg_try_advisory_lock(hashtextextended('onewindow.relay', 0))"
# By id and never `id > last`: ids are given before commit, so a lower one may appear later.
_WAITING = """
    select id, topic, urn, version, change, authority, key_id, value, correlation, recorded_at
    from outbox where published_at is null order by id limit $1
"""
_MARK = """
    with marked as (update outbox set published_at = now() where id = any($1::bigint[]))
    insert into relay_offset as o (topic, partition, next)
    select * from unnest($2::text[], $3::int[], $4::bigint[])
    on conflict (topic, partition) do update set next = greatest(o.next, excluded.next)
"""
_DEPTH = """
    select count(*), coalesce(extract(epoch from now() - min(recorded_at)), 0)::float8
    from outbox where published_at is null
"""
_PRUNE = """
    delete from outbox where id in
        (select id from outbox where published_at < now() - interval '1 day' limit $1)
"""

# The contract promises that a repeat with the same Idempotency-Key is recognised for a week.
_FORGET = """
    delete from idempotency where ctid = any (array
        (select ctid from idempotency where created_at < now() - interval '7 days' limit $1))
"""

Offsets = dict[tuple[str, int], int]
"""(topic without prefix, partition) to the offset after the newest acknowledged event."""


class Lost(ConnectionError):
    """The connection is gone, and with it the lock: whatever is in flight is another relay's now."""


class Outbox:
    """``awake`` is set by a NOTIFY and when the connection ends; every method raises once it has ended."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self.awake = asyncio.Event()
        self.lost = False
        connection.add_termination_listener(self._ended)

    @classmethod
    @asynccontextmanager
    async def connect(cls, url: str, department: str) -> AsyncIterator[Outbox]:
        connection = await asyncpg.connect(
            url,
            timeout=10,
            command_timeout=30,
            server_settings={
                "application_name": f"relay.{department}",
                # Marks that a crash of the database forgets are events sent again, which nobody applies twice.
                "synchronous_commit": "off",
                # A relay that vanished without a word must lose its lock soon.
                "tcp_keepalives_idle": "5",
                "tcp_keepalives_interval": "2",
                "tcp_keepalives_count": "3",
            },
        )
        outbox = cls(connection)
        try:
            await connection.add_listener(CHANNEL, lambda *_: outbox.awake.set())
            yield outbox
        finally:
            with suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await connection.close(timeout=2)

    async def lock(self) -> bool:
        """Whether this connection now is the one relay of the database."""
        return bool(await self._connection.fetchval(_LOCK))

    async def waiting(self, limit: int) -> list[asyncpg.Record]:
        return await self._connection.fetch(_WAITING, limit)

    async def mark(self, ids: Sequence[int], offsets: Mapping[tuple[str, int], int]) -> None:
        """Mark rows as published and move the offsets, both or neither."""
        if self.lost:
            raise Lost
        topics, partitions = zip(*offsets, strict=True)
        await self._connection.execute(_MARK, ids, topics, partitions, list(offsets.values()))

    async def offsets(self) -> Offsets:
        rows = await self._connection.fetch("select topic, partition, next from relay_offset")
        return {(row["topic"], row["partition"]): row["next"] for row in rows}

    async def depth(self) -> tuple[int, float]:
        """How many events wait, and the age of the oldest in seconds."""
        ((count, age),) = await self._connection.fetch(_DEPTH)
        return count, age

    async def prune(self, limit: int = 5000) -> bool:
        """Delete rows published more than a day ago and answers older than a week; whether there may be more."""
        full = f"DELETE {limit}"
        done = [await self._connection.execute(statement, limit) for statement in (_PRUNE, _FORGET)]
        return full in done

    def _ended(self, _: object) -> None:
        self.lost = True
        self.awake.set()
