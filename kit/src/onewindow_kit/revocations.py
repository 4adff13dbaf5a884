"""Which credentials were revoked and who is locked, as the supervision office says: known for certain, or nobody looks.

Each verifying process reads the office's two compacted topics to their ends before it is ready, then follows them. The
office's heartbeat (each second: all that was ordered until then lies below these offsets) tells that nothing is missing.
Five seconds without one, or an order that can't be read, and every request with a token is answered 503.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final

import orjson
import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from onewindow_kit import broker, wire
from onewindow_kit.callers import Principal
from onewindow_kit.failures import trace
from onewindow_kit.keyring import Keyring
from onewindow_kit.orders import Lock, Orders
from onewindow_kit.problems import RevocationsUnknown, TokenRevoked
from onewindow_kit.sealing import Sealer

DEPARTMENT: Final = "oversight"
AUTHORITY: Final = "supervision-office"
HEARTBEAT: Final = f"{DEPARTMENT}.heartbeat.v1"
TOPICS: Final = (f"{DEPARTMENT}.revocation.v1", f"{DEPARTMENT}.lock.v1")
"""Followed here, by every process that verifies tokens: no consumer of a department hears them besides."""
SILENCE: Final = 5.0
"""Seconds after the moment that a heartbeat speaks of for which it vouches."""
PAUSE: Final = 0.25
LOOK_BACK: Final = 20
"""Heartbeats to begin with: only the newest matters; control records take places too."""

log = structlog.get_logger(__name__)


class Revocations:
    """``async with`` follows the topics; entering waits up to ``patience`` seconds until everything is known.

    Whatever fails meanwhile, the answer is never a guess: ``check`` raises RevocationsUnknown until it is known again.
    """

    def __init__(
        self, kafka: str, keyring: Keyring, *, instance: str, prefix: str = "", patience: float = SILENCE
    ) -> None:
        self._kafka, self._prefix, self._patience = kafka, prefix, patience
        self._owners = {topic: frozenset((f"{instance}.{AUTHORITY}",)) for topic in TOPICS}
        self._sealer = Sealer(keyring)
        self._orders = Orders()
        self._good_until = float("-inf")
        self._changed = asyncio.Event()
        self._following: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Revocations:
        self._following = asyncio.create_task(self._follow(), name="revocations")
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience):
                while not self.known():
                    self._changed.clear()
                    await self._changed.wait()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following

    def known(self) -> bool:
        """Whether everything that was ordered until five seconds ago is known here."""
        return time.monotonic() < self._good_until

    async def ready(self) -> bool:
        """``known``, as a check of readiness."""
        return self.known()

    def check(self, caller: Principal) -> None:
        """RevocationsUnknown, or TokenRevoked when the caller's client, officer, token or key was revoked."""
        if not self.known():
            raise RevocationsUnknown
        if self._orders.revoked(caller):
            raise TokenRevoked

    def revokes(self, client: str, organisation: str | None, officer: str | None, key: str | None) -> bool:
        """Whether any of them was revoked, asked before a token is given out; RevocationsUnknown."""
        if not self.known():
            raise RevocationsUnknown
        return self._orders.revokes(client=client, organisation=organisation, officer=officer, key=key)

    def locked(self, organisation: str, officer: str | None) -> Lock | None:
        """The lock on an officer, or with None on the whole office; None when there is none."""
        return self._orders.locks.get((organisation, officer))

    def lifted(self, organisation: str, officer: str | None) -> int | None:
        """When the newest ended lock of the pair was lifted, in Unix milliseconds; None without one."""
        return self._orders.lifted.get((organisation, officer))

    async def _follow(self) -> None:
        while True:
            try:
                await self._read()
            except asyncio.CancelledError:
                if (task := asyncio.current_task()) is not None and task.cancelling():
                    raise
                # aiokafka lets its own inner cancellations out when a broker goes while it closes.
            except (KafkaError, OSError, TimeoutError) as error:
                log.warning("revocations are read anew", error=type(error).__name__)
            except Exception as error:
                log.error("revocations are read anew", error=type(error).__name__, trace=trace(error))
            await asyncio.sleep(PAUSE)

    async def _read(self) -> None:
        """From the beginning into fresh orders, which replace those before once they are complete."""
        consumer = AIOKafkaConsumer(
            **broker.connection(self._kafka),
            client_id="revocations",
            enable_auto_commit=False,
            isolation_level="read_committed",
            auto_offset_reset="none",
            fetch_max_wait_ms=50,
            request_timeout_ms=5_000,
            retry_backoff_ms=50,
        )
        orders, waiting = Orders(), deque[_Heartbeat](maxlen=LOOK_BACK)
        followed = {TopicPartition(self._prefix + topic, 0): topic for topic in (*TOPICS, HEARTBEAT)}
        async with consumer:
            consumer.assign(list(followed))
            begins = await consumer.beginning_offsets(list(followed))
            ends = await consumer.end_offsets(list(followed))
            for place, topic in followed.items():
                start = max(begins[place], ends[place] - LOOK_BACK) if topic == HEARTBEAT else begins[place]
                consumer.seek(place, start)
            while True:
                for place, messages in (await consumer.getmany(timeout_ms=500)).items():
                    for message in messages:
                        if followed[place] == HEARTBEAT:
                            if (beat := _Heartbeat.of(message.value)) is not None:
                                waiting.append(beat)
                        else:
                            self._take(orders, followed[place], message)
                reached = {topic: await consumer.position(place) for place, topic in followed.items()}
                self._vouched(orders, waiting, reached)

    def _take(self, orders: Orders, topic: str, message: ConsumerRecord) -> None:
        """What was not sealed for its place by the office is nobody's order; what was and can't be read makes all unknown."""
        try:
            event = wire.read(topic, message.partition, message.offset, message.key, message.value, message.headers)
            wire.check_authority(event, self._owners)
            event = wire.opened(self._sealer, event)
        except wire.Refused as refusal:
            log.error("no order of the supervision office", topic=topic, offset=message.offset, reason=refusal.code)
            return
        orders.take(event)

    def _vouched(self, orders: Orders, waiting: deque[_Heartbeat], reached: Mapping[str, int]) -> None:
        # From the newest: one that names offsets nobody ever reaches (a topic made anew) must not hold up the others.
        for place in range(len(waiting) - 1, -1, -1):
            if all(reached[topic] >= end for topic, end in waiting[place].ends):
                at = waiting[place].at
                for _ in range(place + 1):
                    waiting.popleft()
                if not orders.unreadable:
                    self._orders = orders  # what is applied to these very orders later takes effect at once
                    age = max(0.0, (datetime.now(UTC) - at).total_seconds())
                    self._good_until = max(self._good_until, time.monotonic() + SILENCE - age)
                break
        if orders.unreadable:
            log.error("an order can't be read, so nobody looks", count=len(orders.unreadable))
            self._good_until = float("-inf")
        self._changed.set()


class _Heartbeat:
    def __init__(self, at: datetime, ends: tuple[tuple[str, int], ...]) -> None:
        self.at, self.ends = at, ends

    @classmethod
    def of(cls, value: bytes | None) -> _Heartbeat | None:
        """None for what is no heartbeat of the office; it vouches for nothing."""
        try:
            said: Any = orjson.loads(value or b"")
            at, offsets = datetime.fromisoformat(said["at"]), said["offsets"]
            if said["department"] != DEPARTMENT or at.tzinfo is None:
                return None
            return cls(at, tuple((topic, int(offsets[topic]["0"])) for topic in TOPICS if topic in offsets))
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError):
            return None
