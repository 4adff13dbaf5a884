"""Carries entries to Kafka: those of one event-loop turn travel in one record, and nobody waits without a bound.

While a record is on its way the following entries gather for the next, so a loaded process sends few large ones and at
most one batch is ever unacknowledged. When its fate is not known in time the chain is given up: its answers are refused,
and a new producer begins a new chain. An entry that Kafka took without saying so in time stands in the record although
nothing was shown: it means "may have been shown".
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from onewindow_kit.access import metrics
from onewindow_kit.access.batch import PARTITION, TOPIC, framed
from onewindow_kit.access.chain import Chain
from onewindow_kit.access.problems import EntryNotKept
from onewindow_kit.broker import connection
from onewindow_kit.keyring import NoKey
from onewindow_kit.sealing import Sealer

WAIT = 2.0
"""Seconds after which an entry that is not acknowledged refuses its answer."""
MOST = 20_000
"""Entries that may wait at once in one process."""
BATCH_BYTES = 256_000
"""Bytes of entries in one record; Kafka takes records of 1 MB."""
START = 5.0
"""Seconds that one attempt to connect may take, and that a process waits for the first one before it serves."""
RETRY = 0.25

Salted = tuple[bytes, bytes]
AWAY = (KafkaError, OSError, TimeoutError, NoKey)
log = structlog.get_logger(__name__)


class _Waiting:
    """Entries that travel together, and who waits for them."""

    __slots__ = ("deadline", "frames", "futures", "size")

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.frames: list[bytes] = []
        self.futures: list[asyncio.Future[None]] = []
        self.size = 0

    def kept(self) -> None:
        for future in self.futures:
            if not future.done():
                future.set_result(None)

    def refuse(self) -> None:
        for future in self.futures:
            if not future.done():
                future.set_exception(EntryNotKept())
                future.exception()  # who asked may be gone by now: an exception that nobody fetches is no failure


class Writer:
    """``async with Writer(kafka, sealer, prefix=…) as writer``; ``put`` entries, await the future.

    ``kafka`` is the address as in the settings, ``prefix`` the topics'. While not connected it refuses at once; entering
    waits up to ``patience`` seconds for the first connection.
    """

    def __init__(
        self,
        kafka: str,
        sealer: Sealer,
        *,
        prefix: str = "",
        wait: float = WAIT,
        most: int = MOST,
        patience: float = START,
    ) -> None:
        self._kafka, self._sealer, self._topic = kafka, sealer, prefix + TOPIC
        self._wait, self._most, self._patience = wait, most, patience
        self._queue: deque[_Waiting] = deque()
        self._sent: _Waiting | None = None
        self._count = 0
        self._wake, self._connected = asyncio.Event(), asyncio.Event()
        self._after: tuple[str, int] | None = None
        self._chains: set[str] = set()
        self._closing: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._working = asyncio.create_task(self._work())
        with suppress(TimeoutError):  # without Kafka the process starts all the same, and refuses
            await asyncio.wait_for(self._connected.wait(), self._patience)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if waiting := [future for each in (self._sent, *self._queue) if each for future in each.futures]:
            await asyncio.wait(waiting, timeout=self._wait)
        self._working.cancel()
        await asyncio.gather(self._working, return_exceptions=True)
        if self._closing:
            await asyncio.wait(self._closing, timeout=self._wait)

    def wrote(self, chain: str) -> bool:
        """Whether this process began the chain of that name."""
        return chain in self._chains

    @property
    def connected(self) -> bool:
        """Whether entries are taken at present."""
        return self._connected.is_set()

    def put(self, entries: Sequence[Salted]) -> asyncio.Future[None]:
        """Entries with their salts, in order; the future ends when Kafka has acknowledged all of them.

        EntryNotKept at once while Kafka is not connected or too many wait, by the future when their time is over.
        """
        if not self._connected.is_set():
            metrics.NOT_KEPT.labels("not-connected").inc(len(entries))
            raise EntryNotKept
        if self._count + len(entries) > self._most:
            metrics.NOT_KEPT.labels("too-many").inc(len(entries))
            raise EntryNotKept
        self._count += len(entries)
        futures: list[asyncio.Future[None]] = []
        waiting = self._queue[-1] if self._queue else None
        for salt, entry in entries:
            frame = framed(salt, entry)
            if waiting is None or waiting.size + len(frame) > BATCH_BYTES:
                waiting = _Waiting(self._loop.time() + self._wait)
                self._queue.append(waiting)
            if not futures or not waiting.frames:
                futures.append(self._loop.create_future())
                waiting.futures.append(futures[-1])
            waiting.frames.append(frame)
            waiting.size += len(frame)
        self._wake.set()
        return futures[0] if len(futures) == 1 else asyncio.gather(*futures)  # type: ignore[return-value]  # as awaited

    async def _work(self) -> None:
        while True:
            producer = AIOKafkaProducer(
                **connection(self._kafka),
                enable_idempotence=True,
                acks="all",
                max_request_size=1_040_000,
                max_batch_size=1_040_000,
                request_timeout_ms=int(self._wait * 1000),
                retry_backoff_ms=50,
            )
            chain = Chain(self._sealer, self._after)
            self._chains.add(chain.writer)
            try:
                async with asyncio.timeout(START):
                    await producer.start()
                    await producer.partitions_for(self._topic)
                metrics.CHAINS.inc()
                self._connected.set()
                await self._carry(producer, chain)
            except AWAY as error:
                log.warning("access entries are not kept", error=type(error).__name__, chain=chain.writer)
            except asyncio.CancelledError:
                if (task := asyncio.current_task()) is not None and task.cancelling():
                    raise
                # aiokafka lets its own inner cancellations out when a broker goes.
                log.warning("access entries are not kept", error="Cancelled", chain=chain.writer)
            finally:
                self._connected.clear()
                self._refuse_all()
                self._after = chain.place
                closing = asyncio.create_task(self._close(producer))
                self._closing.add(closing)
                closing.add_done_callback(self._closing.discard)
            await asyncio.sleep(RETRY)

    async def _carry(self, producer: AIOKafkaProducer, chain: Chain) -> None:
        """Batch after batch, each sent once the one before is acknowledged; ends by an error when a fate is unknown."""
        clock = self._loop.time
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._queue:
                waiting = self._sent = self._queue.popleft()
                headers, value = chain.next(waiting.frames)
                began = clock()
                async with asyncio.timeout_at(waiting.deadline):
                    await (await producer.send(self._topic, value, partition=PARTITION, headers=headers))
                chain.acknowledge()
                self._sent = None
                self._count -= len(waiting.frames)
                waiting.kept()
                metrics.ENTRIES.inc(len(waiting.frames))
                metrics.BATCHES.inc()
                metrics.ACKNOWLEDGED.observe(clock() - began)

    def _refuse_all(self) -> None:
        waiting = [each for each in (self._sent, *self._queue) if each is not None]
        self._queue.clear()
        self._sent, self._count = None, 0
        for each in waiting:
            metrics.NOT_KEPT.labels("not-acknowledged").inc(len(each.frames))
            each.refuse()

    async def _close(self, producer: AIOKafkaProducer) -> None:
        """Without a bound of ours a producer waits for a broker that may never answer."""
        try:
            await asyncio.wait_for(producer.stop(), 2 * self._wait)
        except (*AWAY, asyncio.CancelledError):
            with suppress(*AWAY):
                await producer.client.close()
