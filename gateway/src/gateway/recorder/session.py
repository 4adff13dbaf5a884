"""One session of the recorder: from connections to Kafka and PostgreSQL until one is lost or something is wrong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import asyncpg
import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import OffsetOutOfRangeError
from onewindow_contracts import loader
from onewindow_contracts.errors import ContractError
from onewindow_contracts.loader import Contracts
from onewindow_kit import clock, topics
from onewindow_kit.access import TOPIC, read
from onewindow_kit.broker import connection as broker
from onewindow_kit.keyring import Keyring
from onewindow_kit.sealing import Sealer
from onewindow_kit.wire import Refused

from gateway.record.notes import Signer, origin_of
from gateway.record.sealing import RecordSealer
from gateway.recorder import metrics, retention, tables
from gateway.recorder.chain import Broken
from gateway.recorder.merge import Record, Taken
from gateway.settings import GatewaySettings

EVERY: Final = 0.1
"""Seconds between the beginnings of two merges: what comes meanwhile shares a transaction and a checkpoint."""
MESSAGES: Final = 2000
"""Kafka records fetched at most for one merge."""
LOOK_ROUND: Final = 1.0

log = structlog.get_logger(__name__)


@dataclass
class State:
    """What outlives a session. ``grown`` is set whenever there is a new checkpoint; ``stopped``: why nothing is
    taken; ``refused``: how the witness refuses; ``kept_up``: the last legal day on which expired entries were removed."""

    connected: bool = False
    stopped: str | None = None
    refused: int | None = None
    kept_up: date | None = None
    grown: asyncio.Event = field(default_factory=asyncio.Event)

    def go_on(self) -> None:
        """What stopped the record is over."""
        if self.stopped is not None:
            metrics.STOPPED.labels(self.stopped).set(0)
            self.stopped = None
            log.info("the record goes on")


class Session:
    """``run`` once; Broken when the record must not go on, other errors when an engine is away."""

    def __init__(self, settings: GatewaySettings, state: State, stop: asyncio.Event) -> None:
        self._settings, self._state, self._stop = settings, state, stop
        self._contracts: Contracts = loader.load(settings.contracts or None)
        self._looked = 0.0

    async def run(self, *, once: bool = False) -> None:
        """Until ``stop`` or the next legal day, or until everything that was there at the start is merged (``once``)."""
        settings, keyring = self._settings, Keyring.load(self._settings.keyring)
        own = [self._contracts.topics[TOPIC]]
        await topics.ensure(settings.kafka, own, prefix=settings.topic_prefix, wait=5)
        async with connected(settings) as connection:
            await tables.migrate(connection)
            signer = Signer(origin_of(settings.instance), keyring.log)
            record = await Record.open(connection, RecordSealer(keyring), signer)
            place = TopicPartition(settings.topic_prefix + TOPIC, 0)
            consumer: Any = AIOKafkaConsumer(
                **broker(settings.kafka),
                auto_offset_reset="none",
                enable_auto_commit=False,
                max_partition_fetch_bytes=8_000_000,
                fetch_max_wait_ms=100,
            )
            await consumer.start()
            try:
                consumer.assign([place])
                consumer.seek(place, record.next_offset)
                end = (await consumer.end_offsets([place]))[place]
                if record.next_offset > end:
                    raise Broken("log-cut-off", f"the record goes on at {record.next_offset}, the topic ends at {end}")
                self._state.connected = True
                if record.next_offset == end:
                    self._state.go_on()
                self._grown(record)
                log.info("recording", entries=record.size, offset=record.next_offset, behind=end - record.next_offset)
                if not once:
                    await self._keep_up(connection)
                await self._follow(consumer, record, Sealer(keyring), end if once else None)
            except OffsetOutOfRangeError as error:
                raise Broken("log-cut-off", f"Kafka no longer has the batch at {record.next_offset}") from error
            finally:
                self._state.connected = False
                await consumer.stop()

    async def _follow(self, consumer: Any, record: Record, sealer: Sealer, until: int | None) -> None:
        while not self._stop.is_set() and (
            self._today() == self._state.kept_up if until is None else record.next_offset < until
        ):
            began = time.monotonic()
            found = await consumer.getmany(timeout_ms=200, max_records=MESSAGES)
            if began - self._looked > LOOK_ROUND:
                self._looked = began
                await self._read_contracts()
            for messages in found.values():
                await self._merge(record, sealer, messages)
            if found and until is None:
                await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - began)))

    def _today(self) -> date:
        return clock.today(self._settings.time_zone)

    async def _keep_up(self, connection: asyncpg.Connection) -> None:
        """Once a legal day, at the beginning of a session: nothing that it forgets is remembered by this one."""
        if (today := self._today()) != self._state.kept_up:
            await retention.upkeep(connection, self._contracts, today, self._settings.time_zone)
            self._state.kept_up = today

    async def _merge(self, record: Record, sealer: Sealer, messages: Sequence[Any]) -> None:
        """Merge the messages up to the first that must not come in, and say so about that one."""
        taken: list[Taken] = []
        wrong: Broken | None = None
        for message in messages:
            try:
                expected = taken[-1].following if taken else record.next_offset
                if message.offset != expected:
                    raise Broken("batch-missing", f"the topic goes on at {message.offset}, not at {expected}")
                batch = read(sealer, message.headers, message.value)
                taken.append(record.take(message.offset, message.timestamp / 1000, batch))
            except Refused as refused:
                wrong = Broken(refused.code, f"offset {message.offset}: {refused.detail}")
                break
            except Broken as broken:
                wrong = Broken(broken.code, f"offset {message.offset}: {broken}")
                break
        if taken:
            await record.merge(taken, self._discloses_on)
            self._grown(record)
            metrics.MERGE.observe(max(0.0, time.time() - taken[0].arrived))
        if wrong is not None:
            raise wrong
        self._state.go_on()

    def _grown(self, record: Record) -> None:
        metrics.SIZE.set(record.size)
        self._state.grown.set()

    def _discloses_on(self, purpose: str | None) -> date | None:
        found = self._contracts.purposes.get(purpose) if purpose is not None else None
        return found.discloses_on if found is not None else None

    async def _read_contracts(self) -> None:
        """A purpose that came since; what can't be read changes nothing."""
        try:
            self._contracts = await asyncio.to_thread(loader.load, self._settings.contracts or None)
        except ContractError as error:
            log.warning("contracts can't be read, the record goes on with those before", error=str(error)[:300])


@asynccontextmanager
async def connected(settings: GatewaySettings) -> AsyncIterator[asyncpg.Connection]:
    """A connection to the record's database; RuntimeError when no setting says where it is."""
    if settings.record is None:
        raise RuntimeError("ONEWINDOW_RECORD does not say where the record is")
    connection = await asyncpg.connect(settings.record.replace("+asyncpg", ""), timeout=10)
    try:
        yield connection
    finally:
        # A connection that is broken already says so again.
        await asyncio.wait_for(asyncio.shield(asyncio.ensure_future(_closed(connection))), 5)


async def _closed(connection: asyncpg.Connection) -> None:
    try:
        await connection.close(timeout=3)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        connection.terminate()
