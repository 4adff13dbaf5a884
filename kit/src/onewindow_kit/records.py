"""Publishing records: the stored state and its outbox row in one statement, in the command's own transaction."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit import db
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import BodyTooLarge, VersionConflict
from onewindow_kit.randomness import random_id
from onewindow_kit.sealing import Sealer

__all__ = ["LARGEST", "Record", "Records", "Snapshot", "new_urn", "random_id"]

LARGEST = 1_000_000
"""Bytes of a sealed envelope: Kafka refuses messages above 1 MiB, and one refused message would stop the relay."""


@dataclass(frozen=True, slots=True)
class Record:
    """One version of a record: ``data`` is the JSON envelope (bytes); an ``erased`` one is published as a tombstone."""

    topic: str
    urn: str
    version: int
    change: str
    authority: str
    data: bytes
    recorded_at: datetime
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A page of current records: opened envelopes in order of URN, and the URN to go on after (None at the end)."""

    envelopes: list[bytes]
    next: str | None


def new_urn(authority: str, record_type: str) -> str:
    """``urn:onewindow:<authority id>:<record-type>:<22 random characters>``: 110 bits, never a natural key."""
    return f"urn:onewindow:{authority}:{record_type}:{random_id()}"


# The outbox row waits for the record's row lock (it joins ``written``), so of two writers of one URN the later one gets
# the higher id, and the relay, which reads by id, sends version n before n+1. Rows are locked in order of URN, so that
# two calls with the same records cannot wait for each other.
_PUBLISH = """
    with incoming as materialized (
        select * from unnest(
            $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::timestamptz[], $10::bool[]
        ) with ordinality as i(topic, urn, version, change, authority, key_id, data, recorded_at, ended, n)
    ), written as (
        insert into record as r (urn, topic, version, change, authority, key_id, data, recorded_at, ended)
        select urn, topic, version, change, authority, key_id, case when change <> 'erased' then data end,
            recorded_at, ended
        from incoming i
        where version = 1 or exists (select from record s where s.urn = i.urn)
        order by urn
        on conflict (urn) do update set
            version = excluded.version, change = excluded.change, key_id = excluded.key_id, data = excluded.data,
            recorded_at = excluded.recorded_at, ended = excluded.ended
        where r.version = excluded.version - 1 and r.topic = excluded.topic and r.authority = excluded.authority
        returning r.urn
    ), sent as (
        insert into outbox (topic, urn, version, change, authority, key_id, value, correlation, recorded_at)
        select i.topic, i.urn, i.version, i.change, i.authority, i.key_id, i.data, $1, i.recorded_at
        from (select urn from written offset 0) w join incoming i on i.urn = w.urn
        order by i.n
    )
    select urn from written
"""

_OUTBOX_AGAIN = """
    insert into outbox (topic, urn, version, change, authority, key_id, value, correlation, recorded_at)
    select r.topic, r.urn, r.version, r.change, r.authority, i.key_id, i.value, $1, r.recorded_at
    from unnest($2::text[], $3::int[], $4::text[], $5::bytea[]) as i(urn, version, key_id, value)
    join record r on r.urn = i.urn and r.version = i.version
    order by r.urn
"""


class Records:
    """A department's published records. Everything runs in the caller's transaction and commits nothing."""

    def __init__(self, keyring: Keyring, instance: str) -> None:
        self.sealer = Sealer(keyring)
        self.instance = instance

    async def publish(self, session: AsyncSession, *records: Record) -> None:
        """Store the records' new state and their outbox rows, sealed, in one statement.

        Version 1 is a new URN; version n follows a stored n-1 (VersionConflict otherwise: roll back, as the edge does
        for every problem). Several versions of one URN may come in one call, in order (a statement each). ``session.info["written"]``
        collects ``urn@version`` for the ``Onewindow-Version`` header; ``session.info["correlation"]`` travels along.
        """
        for turn in _turns(records):
            columns = map(list, zip(*(self._row(record) for record in turn), strict=True))
            connection = await session.connection()
            result = await connection.exec_driver_sql(_PUBLISH, (_correlation(session), *columns))
            if len(result.all()) != len(turn):
                raise VersionConflict
        session.info.setdefault("written", []).extend(f"{record.urn}@{record.version}" for record in records)

    async def version(self, session: AsyncSession, urn: str) -> int:
        """The stored version of a record, 0 when it was never published."""
        found = await (await session.connection()).execute(select(db.record.c.version).where(db.record.c.urn == urn))
        return found.scalar_one_or_none() or 0

    async def current(self, session: AsyncSession, urn: str) -> bytes | None:
        """The opened envelope of a record; None when unknown or erased."""
        row = (
            await (await session.connection()).execute(select(db.record).where(db.record.c.urn == urn))
        ).one_or_none()
        return None if row is None or row.data is None else self._open(row)

    async def snapshot(self, session: AsyncSession, topic: str, cursor: str | None, limit: int) -> Snapshot:
        """Up to ``limit`` current records of ``topic`` after the URN ``cursor``; erased ones are left out."""
        table = db.record
        query = select(table).where(table.c.topic == topic, table.c.data.is_not(None))
        query = query.where(table.c.urn > (cursor or "")).order_by(table.c.urn).limit(limit + 1)
        rows = (await (await session.connection()).execute(query)).all()
        more = len(rows) > limit
        rows = rows[:limit]
        return Snapshot([self._open(row) for row in rows], rows[-1].urn if more else None)

    async def republish(self, session: AsyncSession, urn_or_topic: str, *, batch: int = 1000) -> int:
        """Send the current state of one record, or of a whole registry (a topic), again; returns how many.

        The versions stay, so consumers that have them see no change. All is sealed anew under the current key.
        """
        one = urn_or_topic.startswith("urn:")
        count = 0
        async for rows in self._pages(session, db.record.c.urn if one else db.record.c.topic, urn_or_topic, batch):
            again = [(row.urn, row.version, *self._seal_again(row)) for row in rows]
            columns = map(list, zip(*again, strict=True))
            await (await session.connection()).exec_driver_sql(_OUTBOX_AGAIN, (_correlation(session), *columns))
            count += len(rows)
        return count

    async def _pages(self, session: AsyncSession, column: Any, value: str, batch: int) -> AsyncIterator[Sequence[Any]]:
        # Locked, so that no newer version slips into the outbox between this read and its outbox row.
        last = ""
        while True:
            query = select(db.record).where(column == value, db.record.c.urn > last)
            rows = (
                await (await session.connection()).execute(
                    query.order_by(db.record.c.urn).limit(batch).with_for_update()
                )
            ).all()
            if not rows:
                return
            yield rows
            last = rows[-1].urn

    def _row(self, record: Record) -> tuple[Any, ...]:
        # Nothing is sealed for an erased record: the seal alone proves that the tombstone comes from its registry.
        erased = record.change == "erased"
        key_id, data = self.sealer.seal(record.topic, record.urn, record.version, b"" if erased else record.data)
        if len(data) > LARGEST:
            raise BodyTooLarge(f"A record may take {LARGEST} bytes.")
        head = (record.topic, record.urn, record.version, record.change, record.authority)
        return (*head, key_id, data, record.recorded_at, record.ended or erased)

    def _open(self, row: Any) -> bytes:
        return self.sealer.open(row.topic, row.key_id, row.urn, row.version, row.data)

    def _seal_again(self, row: Any) -> tuple[str, bytes]:
        return self.sealer.seal(row.topic, row.urn, row.version, b"" if row.data is None else self._open(row))


def _turns(records: Sequence[Record]) -> list[list[Record]]:
    """The records in turns that hold each URN once: all at once unless a call brings several versions of a record."""
    turns: list[list[Record]] = []
    seen: Counter[str] = Counter()
    for record in records:
        if record.version < 1:
            raise VersionConflict
        turn = seen[record.urn]
        seen[record.urn] += 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(record)
    return turns


def _correlation(session: AsyncSession) -> str:
    return session.info.setdefault("correlation", f"urn:uuid:{uuid.uuid4()}")
