"""What one of a node's processes does for all of them: folds the record, sends alarms, forgets old hours.

Which one is settled by a lock on a file in the node's folder; when it ends, another takes over from the stored places.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final, Self

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from onewindow_kit.access import TOPIC as ENTRIES
from onewindow_kit.alarms import TOPIC as ALARMS
from onewindow_kit.broker import connection
from onewindow_kit.budgets import metrics
from onewindow_kit.budgets.budgets import Budgets
from onewindow_kit.budgets.cleaning import clean
from onewindow_kit.budgets.fold import Fold
from onewindow_kit.budgets.offsets import Offsets
from onewindow_kit.budgets.raising import Raising
from onewindow_kit.budgets.sending import POLL, send
from onewindow_kit.failures import trace
from onewindow_kit.sealing import Sealer

log = structlog.get_logger(__name__)
PAUSE: Final = 0.5  # seconds between two tries to lead, and after an outage
PATIENCE: Final = 5.0  # seconds that a process waits, before it serves, for counts that are whole
FETCH: Final = 50  # messages at once
BACK: Final = 2 * 86_400_000  # milliseconds of the record that a new store reads back: the legal day, in every zone
OUTAGES: Final = (KafkaError, OSError, TimeoutError)


class Watch:
    """``async with``: runs until the block ends; entering waits up to ``PATIENCE`` for counts that are whole.

    ``fold`` is None for a holder that may not read the record: it only counts what it shows itself, and sends its alarms.
    """

    def __init__(
        self,
        budgets: Budgets,
        raising: Raising,
        sealer: Sealer,
        fold: Fold | None,
        *,
        kafka: str,
        prefix: str = "",
    ) -> None:
        self._budgets, self._raising, self._sealer, self._fold = budgets, raising, sealer, fold
        self._kafka, self._prefix = kafka, prefix
        self._task: asyncio.Task[None] | None = None
        self.leads = False

    async def __aenter__(self) -> Self:
        if self._fold is not None:
            self._budgets.await_fold(ENTRIES)
        self._task = asyncio.create_task(self._run())
        if self._fold is not None:
            with suppress(TimeoutError):  # without Kafka the process starts all the same, and refuses
                await asyncio.wait_for(self._whole(), PATIENCE)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _whole(self) -> None:
        offsets = Offsets(self._budgets.node)
        while True:
            # Another process of the node may be the one that folds: its word is in the store.
            if offsets.caught(ENTRIES):
                return
            await asyncio.sleep(POLL)

    async def _run(self) -> None:
        while True:
            with _leading(self._budgets.node.folder) as self.leads:
                if self.leads:
                    try:
                        async with asyncio.TaskGroup() as group:
                            group.create_task(
                                self._again(
                                    "sending", partial(send, self._raising, self._sealer, self._kafka, self._prefix)
                                )
                            )
                            group.create_task(self._again("cleaning", partial(clean, self._budgets)))
                            if self._fold is not None:
                                group.create_task(self._again("folding", self._follow))
                    finally:
                        self.leads = False
            await asyncio.sleep(PAUSE)

    async def _again(self, what: str, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except asyncio.CancelledError:
                if (task := asyncio.current_task()) is not None and task.cancelling():
                    raise
                # aiokafka lets its own inner cancellations out when a broker goes while it closes.
                log.warning("watch begins anew", part=what, error="Cancelled")
            except Exception as error:
                # Whatever it was: the store holds what was done with the place reached, so beginning anew is right.
                told = {} if isinstance(error, OUTAGES) else {"trace": trace(error)}
                log.warning("watch begins anew", part=what, error=type(error).__name__, **told)
            await asyncio.sleep(PAUSE)

    async def _follow(self) -> None:
        assert self._fold is not None  # started only then
        offsets = Offsets(self._budgets.node)
        consumer = AIOKafkaConsumer(
            **connection(self._kafka),
            client_id="budgets",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            request_timeout_ms=10_000,
            retry_backoff_ms=50,
            # Under load a fold every 50 ms costs a third of one for every batch; a look is counted before it is shown anyway.
            fetch_min_bytes=1_000_000,
            fetch_max_wait_ms=50,  # no more: questions about offsets queue behind a fetch on the same connection
        )
        entries, alarms = (TopicPartition(self._prefix + topic, 0) for topic in (ENTRIES, ALARMS))
        async with consumer:
            consumer.assign([entries, alarms])
            ends = await consumer.end_offsets([entries, alarms])
            for partition in (entries, alarms):
                stored = offsets.get(self._plain(partition))
                consumer.seek(partition, await _start(consumer, partition) if stored is None else stored)
            caught = offsets.caught(ENTRIES)
            while True:
                fetched = await consumer.getmany(timeout_ms=100, max_records=FETCH)
                for partition, messages in fetched.items():
                    (self._fold.entries if partition == entries else self._fold.alarms)(
                        messages, self._plain(partition)
                    )
                    await asyncio.sleep(0)  # others' turn between two pieces
                position = await consumer.position(entries)
                metrics.BEHIND.set(max(0, (consumer.highwater(entries) or position) - position))
                if not caught and position >= ends[entries]:
                    offsets.catch(ENTRIES)
                    caught = True

    def _plain(self, partition: TopicPartition) -> str:
        return partition.topic.removeprefix(self._prefix)


async def _start(consumer: AIOKafkaConsumer, partition: TopicPartition) -> int:
    """Where the legal day began, or before."""
    found = await consumer.offsets_for_times({partition: max(0, time.time_ns() // 1_000_000 - BACK)})
    if (since := found.get(partition)) is not None:
        return since.offset
    return (await consumer.end_offsets([partition]))[partition]


@contextmanager
def _leading(folder: Path) -> Iterator[bool]:
    """Whether this process leads; it does until the block, or the process, ends."""
    handle = os.open(folder / "leader", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
