"""A department's consumer: reads committed events of all partitions, and keeps its place in its own database.

The effect, the version that took effect and the offset are one transaction, so an event has its effect exactly once
whatever is killed when. Repeats (a relay that was killed before its mark, a republished registry) are dropped by version.
What may not come in goes to the dead letters first; then the offset moves.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit import wire
from onewindow_kit.broker import connection
from onewindow_kit.consumer import metrics
from onewindow_kit.consumer.dead_letters import DeadLetters
from onewindow_kit.consumer.door import Door, Validate
from onewindow_kit.consumer.forgetting import about
from onewindow_kit.consumer.place import ERASED, claim, first_time, is_erased, keep, places
from onewindow_kit.failures import trace
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import Problem, VersionConflict
from onewindow_kit.sealing import Sealer
from onewindow_kit.topics import Topic

BATCH = 500
TRIES = 5
PAUSE_MIN, PAUSE_MAX = 0.1, 2.0

OUTAGES = (OSError, TimeoutError, KafkaError, PoolTimeout)

Handle = Callable[[AsyncSession, wire.Event], Awaitable[None]]

log = structlog.get_logger(__name__)


class Consumer:
    """One department's consumer of ``topics`` (topic files).

    ``validate(topic, envelope)`` returns the reasons (JSON Pointers, no values) why an envelope is not as its contract
    says, none if it is. ``handle(session, event)`` is the department's ``match (event.topic, event.type)``: it works in
    ``session`` and never commits. Refused or a Problem below 500 from it is a dead letter; an outage is waited out; any
    other error is tried five times, then a dead letter (``consumer-failed``). ``wake``: the relay's alarm.
    """

    def __init__(
        self,
        name: str,
        *,
        kafka: str,
        instance: str,
        topics: Iterable[Any],
        sessions: async_sessionmaker[AsyncSession],
        keyring: Keyring,
        validate: Validate,
        handle: Handle,
        prefix: str = "",
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = name
        self._kafka = kafka
        self._instance = instance
        self._prefix = prefix
        self._topics = [Topic.of(topic) for topic in topics]
        self._sessions = sessions
        self._sealer = Sealer(keyring)
        self._door = Door(self._sealer, instance, self._topics, validate)
        self._handle = handle
        self._wake = wake

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop``; outages of database, broker or a neighbour only pause it."""
        pause = PAUSE_MIN
        while not stop.is_set():
            began = time.monotonic()
            try:
                await self._consume(stop)
                continue
            except asyncio.CancelledError:
                if (task := asyncio.current_task()) is not None and task.cancelling():
                    raise
                # aiokafka lets its own inner cancellations out when a broker goes while it closes.
                log.warning("consumer begins anew", consumer=self.name, error="Cancelled")
            except Exception as error:
                # Whatever it was: nothing of it was committed, so beginning anew at the stored place is right.
                foreseen = isinstance(error, (*OUTAGES, DBAPIError, Problem))
                told = {} if foreseen else {"trace": trace(error)}
                log.warning("consumer begins anew", consumer=self.name, error=type(error).__name__, **told)
                metrics.FAILURES.labels(self.name, type(error).__name__).inc()
            if time.monotonic() - began > 10:
                pause = PAUSE_MIN
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 2, PAUSE_MAX)

    async def _consume(self, stop: asyncio.Event) -> None:
        consumer = AIOKafkaConsumer(
            **connection(self._kafka),
            client_id=f"consumer.{self.name}",
            isolation_level="read_committed",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            request_timeout_ms=10_000,
        )
        letters = DeadLetters(
            self.name, kafka=self._kafka, instance=self._instance, prefix=self._prefix, sealer=self._sealer
        )
        async with consumer, letters:
            partitions = [
                TopicPartition(self._prefix + topic.topic, number)
                for topic in self._topics
                for number in range(topic.partitions)
            ]
            consumer.assign(partitions)
            async with self._sessions() as session, session.begin():
                stored = await places(session, self.name, [(self._plain(p.topic), p.partition) for p in partitions])
            for partition in partitions:
                consumer.seek(partition, stored[self._plain(partition.topic), partition.partition])
            while not stop.is_set():
                fetched = await consumer.getmany(timeout_ms=200, max_records=BATCH)
                for partition, messages in fetched.items():
                    await self._apply(letters, messages)
                    end = consumer.highwater(partition) or 0
                    self._lag(partition, max(0, end - await consumer.position(partition)))
                if not fetched:
                    # What the log's end has more than our place are markers of transactions: no events.
                    for partition in partitions:
                        self._lag(partition, 0)

    def _lag(self, partition: TopicPartition, records: int) -> None:
        metrics.LAG.labels(self.name, self._plain(partition.topic), partition.partition).set(records)

    async def _apply(self, letters: DeadLetters, messages: Sequence[ConsumerRecord]) -> None:
        """All of a partition's fetch in one transaction; if one of them fails, each in its own."""
        if len(messages) > 1:
            try:
                await self._forget(letters, messages)
                await self._transact(messages)
                return
            except OUTAGES:
                raise
            except Exception as error:
                log.info("fetch applied one by one", consumer=self.name, error=type(error).__name__)
        for message in messages:
            await self._apply_one(letters, message)

    async def _apply_one(self, letters: DeadLetters, message: ConsumerRecord) -> None:
        for attempt in range(1, TRIES + 1):
            try:
                await self._forget(letters, [message])
                await self._transact([message])
                return
            except wire.Refused as error:
                await self._bury(letters, message, error.code, error.detail)
                return
            except Problem as error:
                if error.status >= 500:
                    raise
                if not isinstance(error, VersionConflict) or attempt == TRIES:
                    await self._bury(letters, message, error.code, error.title)
                    return
            except OUTAGES:
                raise
            except Exception as error:
                if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError) and _passing(error):
                    raise
                log.error(
                    "event not applied", topic=self._plain(message.topic), offset=message.offset, trace=trace(error)
                )
                if attempt == TRIES:
                    await self._bury(letters, message, "consumer-failed", type(error).__name__)
                    return
            await asyncio.sleep(0.05 * 2**attempt)

    async def _transact(self, messages: Sequence[ConsumerRecord]) -> None:
        topic, partition = self._plain(messages[0].topic), messages[0].partition
        applied = repeated = 0
        async with self._sessions() as session, session.begin():
            following = await claim(session, self.name, topic, partition)
            for message in messages:
                if message.offset < following:
                    continue  # another process of this department was faster
                event = self._door.admitted(topic, message)
                version = ERASED if event.change == "erased" else event.version
                if await first_time(session, self.name, event.urn, version):
                    # A new correlation id: whoever watches two sectors must not be able to join them by it.
                    session.info["correlation"] = f"urn:uuid:{uuid.uuid4()}"
                    await self._handle(session, event)
                    applied += 1
                else:
                    repeated += 1
            await keep(session, self.name, topic, partition, max(following, messages[-1].offset + 1))
        if session.info.get("written"):
            self._wake()
        metrics.APPLIED.labels(self.name, topic).inc(applied)
        metrics.REPEATED.labels(self.name, topic).inc(repeated)
        metrics.DELAY.labels(self.name, topic).set(max(0.0, time.time() - messages[-1].timestamp / 1000))

    async def _forget(self, letters: DeadLetters, messages: Sequence[ConsumerRecord]) -> None:
        """Letters of records that these messages erase go first: once the place has moved nobody comes back for them."""
        erased = set[str]()
        for message in messages:
            if message.value is None:
                with suppress(wire.Refused):  # told by whoever applies it
                    erased.add(self._door.admitted(self._plain(message.topic), message).urn)
        if erased and (gone := await letters.forget(about(erased))):
            log.info("dead letters of erased records gone", consumer=self.name, letters=gone)

    async def _bury(self, letters: DeadLetters, message: ConsumerRecord, reason: str, detail: str) -> None:
        topic = self._plain(message.topic)
        async with self._sessions() as session:
            erased = await is_erased(session, self.name, (message.key or b"").decode(errors="replace"))
        if not erased:
            await letters.put(
                topic,
                message.partition,
                message.offset,
                message.key,
                message.value,
                message.headers,
                reason=reason,
                detail=detail,
                sealed=self._door.seal_holds(topic, message),
            )
        log.error("event refused", consumer=self.name, topic=topic, offset=message.offset, reason=reason, erased=erased)
        async with self._sessions() as session, session.begin():
            following = await claim(session, self.name, topic, message.partition)
            await keep(session, self.name, topic, message.partition, max(following, message.offset + 1))

    def _plain(self, topic: str) -> str:
        return topic.removeprefix(self._prefix)


def _passing(error: DBAPIError) -> bool:
    """Whether the database, not the event, is the reason: gone, going, full, or two transactions in each other's way."""
    state = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or state[:2] in ("08", "40", "53", "57", "58")
