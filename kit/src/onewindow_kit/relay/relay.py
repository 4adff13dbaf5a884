"""The relay: reads committed outbox rows, sends them in order, marks them once Kafka has acknowledged them.

At any point it may be killed. Before the mark a row is sent again by the next relay: the same version of the same record,
which every consumer drops. Of one record the versions keep their order, because its rows' ids have the order of their
commits and a batch is sent and acknowledged before the next is read. A relay that lost its lock and comes back is fenced:
the next one has raised the epoch of the transactional id, and consumers read committed.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

import asyncpg
import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from aiokafka.structs import RecordMetadata

from onewindow_kit import wire
from onewindow_kit.clock import now, stamp
from onewindow_kit.failures import trace
from onewindow_kit.relay import metrics
from onewindow_kit.relay.outbox import Lost, Offsets, Outbox
from onewindow_kit.relay.producer import PATIENCE, transactional

BATCH = 2000
POLL = 0.25
HEARTBEAT = 1.0
STANDBY = 0.5
PAUSE_MIN, PAUSE_MAX = 0.1, 2.0
PRUNE_EVERY = 60.0
MEASURE_EVERY = 5.0

# The last is asyncpg's answer to a connection that went between two of its own steps.
FORESEEN = (
    *(OSError, TimeoutError, KafkaError, asyncpg.PostgresError, asyncpg.InterfaceError),
    asyncpg.InternalClientError,
)

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Relay:
    """One department's relay; ``database`` is ``postgresql[+asyncpg]://…``, ``kafka`` bootstrap servers.

    ``batch``: rows in one Kafka transaction, at most 2,000.
    """

    def __init__(
        self, department: str, *, database: str, kafka: str, instance: str, prefix: str = "", batch: int = BATCH
    ) -> None:
        scheme, rest = database.split("://", 1)
        self.department = department
        self._database = f"{scheme.split('+', 1)[0]}://{rest}"
        self._kafka = kafka
        self._instance = instance
        self._prefix = prefix
        self._batch = batch
        self._offsets: Offsets = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop``; an outage of database or broker only pauses it (0.1 to 2 s between attempts)."""
        pause = PAUSE_MIN
        while not stop.is_set():
            began = time.monotonic()
            try:
                await self._hold(stop)
                continue
            except FORESEEN as error:
                log.warning(
                    "relay begins anew", department=self.department, error=type(error).__name__, text=str(error)
                )
                metrics.FAILURES.labels(self.department, type(error).__name__).inc()
            except asyncio.CancelledError:
                if (task := asyncio.current_task()) is not None and task.cancelling():
                    raise
                # aiokafka lets its own inner cancellations out when a broker goes while it closes.
                log.warning("relay begins anew", department=self.department, error="Cancelled")
            except Exception as error:
                # Not foreseen, so with its trace; but a relay that ended would lose nothing and help nobody.
                log.error("relay failed, begins anew", department=self.department, trace=trace(error))
                metrics.FAILURES.labels(self.department, type(error).__name__).inc()
            finally:
                metrics.WORKING.labels(self.department).set(0)
            if time.monotonic() - began > 10:
                pause = PAUSE_MIN
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 2, PAUSE_MAX)

    async def _hold(self, stop: asyncio.Event) -> None:
        async with Outbox.connect(self._database, self.department) as outbox:
            while not await outbox.lock():
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), STANDBY)
                if stop.is_set():
                    return
            await self._measure(outbox)
            self._offsets = await outbox.offsets()
            # Started after the lock: this raises the epoch, so that a predecessor can neither send nor commit any more.
            producer = transactional(self._kafka, self.department, self._prefix)
            try:
                await asyncio.wait_for(producer.start(), PATIENCE)
                metrics.WORKING.labels(self.department).set(1)
                log.info("relay works", department=self.department)
                await self._work(outbox, producer, stop)
            finally:
                with suppress(TimeoutError, KafkaError, OSError):
                    await asyncio.wait_for(producer.stop(), 2)

    async def _work(self, outbox: Outbox, producer: AIOKafkaProducer, stop: asyncio.Event) -> None:
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(lambda _: outbox.awake.set())
        beat = measure = prune = 0.0
        try:
            while not stop.is_set():
                if outbox.lost:
                    raise Lost("the database ended the relay's connection")
                outbox.awake.clear()
                read_at = now()
                rows = await outbox.waiting(self._batch)
                if rows:
                    await self._publish(outbox, producer, stop, rows)
                clock = time.monotonic()
                drained = len(rows) < self._batch
                if drained and clock >= beat:
                    # Everything committed before ``read_at`` is in Kafka below these offsets.
                    await self._patiently(outbox, stop, self._heartbeat(producer, read_at))
                    beat = max(beat + HEARTBEAT, clock)
                if clock >= measure:
                    await self._measure(outbox)
                    measure = clock + (HEARTBEAT if drained else MEASURE_EVERY)
                if drained and clock >= prune and not await outbox.prune():
                    prune = clock + PRUNE_EVERY
                if drained:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(outbox.awake.wait(), max(0.0, min(POLL, beat - time.monotonic())))
        finally:
            stopping.cancel()

    async def _publish(
        self, outbox: Outbox, producer: AIOKafkaProducer, stop: asyncio.Event, rows: Sequence[asyncpg.Record]
    ) -> None:
        placed = await self._patiently(outbox, stop, self._transaction(outbox, producer, rows))
        moved: Offsets = {}
        counts: dict[str, int] = {}
        for row, place in zip(rows, placed, strict=True):
            at = (row["topic"], place.partition)
            moved[at] = max(moved.get(at, 0), place.offset + 1)
            counts[row["topic"]] = counts.get(row["topic"], 0) + 1
        await outbox.mark([row["id"] for row in rows], moved)
        self._offsets |= moved
        for topic, count in counts.items():
            metrics.PUBLISHED.labels(self.department, topic).inc(count)

    async def _transaction(
        self, outbox: Outbox, producer: AIOKafkaProducer, rows: Sequence[asyncpg.Record]
    ) -> list[RecordMetadata]:
        await producer.begin_transaction()
        acknowledgements = [await self._send(producer, row) for row in rows]
        placed = await asyncio.gather(*acknowledgements)
        if outbox.lost:
            raise Lost("the lock went before the batch was committed")
        await producer.commit_transaction()
        return placed

    async def _patiently(self, outbox: Outbox, stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T:
        """``work`` with Kafka, bounded; meanwhile it is measured what waits, so that a stuck relay looks stuck."""
        task = asyncio.create_task(work)
        try:
            async with asyncio.timeout(PATIENCE):
                while not (await asyncio.wait({task}, timeout=1))[0]:
                    if outbox.lost or stop.is_set():
                        raise Lost("the relay has to end while Kafka does not answer")
                    await self._measure(outbox)
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _send(self, producer: AIOKafkaProducer, row: asyncpg.Record) -> asyncio.Future[Any]:
        _, topic, urn, version, change, authority, key_id, value, correlation, recorded_at = row
        head = wire.headers(self._instance, topic, urn, version, change, authority, key_id, correlation, recorded_at)
        at = int(recorded_at.timestamp() * 1000)
        if change == "erased":
            head, value = [*head, (wire.ERASURE, value)], None
        return await producer.send(self._prefix + topic, value, key=urn.encode(), headers=head, timestamp_ms=at)

    async def _heartbeat(self, producer: AIOKafkaProducer, at: datetime) -> None:
        offsets: dict[str, dict[str, int]] = {}
        for (topic, partition), following in self._offsets.items():
            offsets.setdefault(topic, {})[str(partition)] = following
        value = json.dumps({"department": self.department, "at": stamp(at), "offsets": offsets}).encode()
        topic = f"{self.department}.heartbeat.v1"
        head = [
            ("ce_specversion", b"1.0"),
            ("ce_source", f"/{self._instance}/{self.department}".encode()),
            ("ce_type", f"{self.department}.heartbeat".encode()),
            ("ce_dataschema", topic.encode()),
            ("content-type", b"application/json"),
            ("ce_id", f"{self.department}@{stamp(at)}".encode()),
            ("ce_time", stamp(at).encode()),
        ]
        async with producer.transaction():
            await producer.send_and_wait(self._prefix + topic, value, key=self.department.encode(), headers=head)
        metrics.HEARTBEAT.labels(self.department).set(at.timestamp())

    async def _measure(self, outbox: Outbox) -> None:
        depth, age = await outbox.depth()
        metrics.DEPTH.labels(self.department).set(depth)
        metrics.AGE.labels(self.department).set(age)
