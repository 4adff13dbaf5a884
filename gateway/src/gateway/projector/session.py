"""One session: from a connection to Kafka until contracts, keys or topics change, or the connection is lost."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import structlog
from aiokafka.errors import OffsetOutOfRangeError
from onewindow_contracts import loader
from onewindow_contracts.documents import fingerprint
from onewindow_contracts.loader import Contracts
from onewindow_kit import topics
from onewindow_kit.consumer.dead_letters import DeadLetters
from onewindow_kit.keyring import Keyring
from onewindow_kit.sealing import Sealer

from gateway.projector import metrics, plan
from gateway.projector.projection import Projection
from gateway.projector.source import Place, Source, connect
from gateway.projector.topic_ids import Found
from gateway.settings import GatewaySettings
from gateway.view import store as stores
from gateway.view.shapes import GATEWAY, UNUSABLE, Shapes, compile_shapes
from gateway.view.store import Store

MOST: Final = 2000
LOOK_ROUND: Final = 1.0
LOOK_AT_TOPICS: Final = 5.0
FAR_BEHIND: Final = 20_000
"""Messages that wait at the start of a session, beyond which followers of changes are told to read anew."""

log = structlog.get_logger(__name__)


@dataclass
class State:
    """What outlives a session. ``rebuild``: the view must be made anew; ``building``: where that has begun."""

    rebuild: bool = False
    building: Path | None = None
    connected: bool = False
    halted: set[str] = field(default_factory=set)


class Session:
    """``run`` once."""

    def __init__(self, settings: GatewaySettings, keyring: Keyring, state: State, stop: asyncio.Event) -> None:
        self._settings = settings
        self._keyring = keyring
        self._key_stamp = self._stamp()
        self._state = state
        self._stop = stop
        self._contracts, self._shapes = self._read_contracts()
        self._broken = self._contracts.fingerprint
        self._seen_at: dict[str, float] = {}

    async def run(self, *, once: bool) -> bool:
        """True: the work is done (``stop`` or ``once``); False: begin the next session at once."""
        settings = self._settings
        async with AsyncExitStack() as stack:
            source = await stack.enter_async_context(connect(settings.kafka, settings.topic_prefix))
            await self._make_own_topics()
            letters = DeadLetters(
                GATEWAY,
                kafka=settings.kafka,
                instance=settings.instance,
                sealer=Sealer(self._keyring),
                prefix=settings.topic_prefix,
            )
            await stack.enter_async_context(letters)
            cluster, found = await source.describe(self._wanted())
            store, fresh = self._open(cluster, found)
            stack.callback(store.close)
            offsets = plan.prepare(store, cluster, found, self._shapes.topics)
            newest = [(t, n) for t in self._shapes.heartbeats.values() if t in found for n in found[t].partitions]
            ends = await source.assign(offsets, newest)
            projection = Projection(store, self._keyring, self._shapes, letters, offsets)
            self._state.connected = True
            self._state.halted = projection.tally.halted
            log.info("projecting", topics=len(found), view=store.path.name, fresh=fresh)
            try:
                return await self._follow(source, projection, found, ends, once=once)
            except OffsetOutOfRangeError:
                log.error("the log does not reach back to where the view stands: it is made anew")
                self._state.rebuild, self._state.building = True, None
                return False

    async def _follow(
        self, source: Source, projection: Projection, found: dict[str, Found], ends: dict[Place, int], *, once: bool
    ) -> bool:
        behind = {place: end for place, end in ends.items() if place in projection.offsets}
        projection.bulk = sum(end - projection.offsets[place] for place, end in behind.items()) > FAR_BEHIND
        looked_at_topics = time.monotonic()
        looked = looked_at_topics - LOOK_ROUND  # say at once how far the view is: an operator asks as soon as all is up
        while not self._stop.is_set():
            messages = await source.poll(most=MOST, wait=0.2)
            if messages:
                positions = {place: await source.position(place) for place in messages}
                for topic in await projection.take(messages, positions):
                    source.pause(topic)
                for (topic, _), batch in messages.items():
                    self._seen_at[topic] = batch[-1].timestamp / 1000
            if behind:
                for place in [p for p in behind if await source.position(p) >= behind[p] or p[0] in self._state.halted]:
                    del behind[place]
                if not behind:
                    projection.bulk = False
                    self._serve(projection.store)
                    if once:
                        return True
            elif once:
                return True
            if (now := time.monotonic()) - looked >= LOOK_ROUND:
                looked = now
                await self._measure(source, projection)
                if self._changed():
                    log.info("contracts or keys changed")
                    return False
            if now - looked_at_topics >= (LOOK_AT_TOPICS if found.keys() >= set(self._wanted()) else LOOK_ROUND):
                looked_at_topics = now
                projection.store.env.reader_check()
                if (await source.describe(self._wanted()))[1] != found:
                    log.info("topics appeared, vanished or were made again")
                    return False
        return True

    def _serve(self, store: Store) -> None:
        """The view has caught up: readers follow, the one before goes."""
        self._state.rebuild, self._state.building = False, None
        if stores.current(self._settings.view) != store.path:
            stores.point(self._settings.view, store)
        log.info("view caught up", view=store.path.name)

    def _open(self, cluster: str, found: dict[str, Found]) -> tuple[Store, bool]:
        """The present view when it fits, else a new one; True for a new one."""
        path = self._state.building if self._state.rebuild else stores.current(self._settings.view)
        present = stores.open_for_writing(path) if path is not None else None
        if present is not None:
            reason = plan.unfit(present, cluster, found, self._shapes.topics)
            if reason is None:
                present.env.reader_check()
                return present, False
            log.warning("the view is made anew", reason=reason)
            present.close()
        store = stores.create(self._settings.view)
        if stores.current(self._settings.view) is None:
            stores.point(self._settings.view, store)  # nothing better is there: a view that grows, and says it is stale
        else:
            self._state.rebuild, self._state.building = True, store.path
        return store, True

    def _wanted(self) -> list[str]:
        return [*self._shapes.topics, *self._shapes.heartbeats.values()]

    async def _make_own_topics(self) -> None:
        own = [topic for topic in self._contracts.topics.values() if topic.department == GATEWAY]
        await topics.ensure(self._settings.kafka, own, prefix=self._settings.topic_prefix, wait=5)

    async def _measure(self, source: Source, projection: Projection) -> None:
        lag: dict[str, int] = {}
        for place in projection.offsets:
            lag[place[0]] = lag.get(place[0], 0) + source.lag(place, await source.position(place))
        for topic, records in lag.items():
            metrics.LAG_RECORDS.labels(topic).set(records)
            behind = time.time() - self._seen_at[topic] if records and topic in self._seen_at else 0
            metrics.LAG_SECONDS.labels(topic).set(max(0.0, behind))
        projection.measure()

    def _changed(self) -> bool:
        """Whether keys or contracts are others now. Contracts that can't be used don't count: this goes on with those it
        has, and says so once."""
        if self._stamp() != self._key_stamp:
            return True
        if not loader.changed(self._contracts):
            return False
        try:
            self._read_contracts()
        except UNUSABLE as error:
            if (now := fingerprint(self._contracts.folders)) != self._broken:
                self._broken = now
                log.error("the contracts as they are now can't be used", reason=str(error))
            return False
        return True

    def _read_contracts(self) -> tuple[Contracts, Shapes]:
        contracts = loader.load(self._settings.contracts or None)
        shapes = compile_shapes(contracts, self._settings.instance)
        for shape in shapes.topics.values():
            shape.check()
        return contracts, shapes

    def _stamp(self) -> tuple[int, int]:
        stat = self._settings.keyring.stat()
        return stat.st_mtime_ns, stat.st_ino
