"""From messages to a committed change of the view: checked, refusals kept aside, then everything in one transaction."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from onewindow_kit.consumer.dead_letters import DeadLetters
from onewindow_kit.consumer.forgetting import about
from onewindow_kit.keyring import Keyring, NoKey
from onewindow_kit.sealing import Sealer

from gateway.projector import changes, metrics
from gateway.projector.batch import Batch, batch
from gateway.projector.door import Arrival, Door, Refused
from gateway.projector.filing import Filing
from gateway.projector.heartbeats import Heartbeats
from gateway.projector.plan import offset_key
from gateway.projector.refusals import Refusal, Tally, keep
from gateway.projector.source import Place
from gateway.view.layout import ERASED, RecordHeader, pack_number
from gateway.view.seal import ViewSealer
from gateway.view.shapes import Shapes
from gateway.view.store import Store

log = structlog.get_logger(__name__)


class Projection:
    """``offsets`` is where the view stands: the next offset of each partition, as committed. ``bulk``: it is so far behind
    that nobody will be told single changes; set and cleared by the session."""

    def __init__(
        self, store: Store, keyring: Keyring, shapes: Shapes, letters: DeadLetters, offsets: Mapping[Place, int]
    ) -> None:
        self.store = store
        self.offsets = dict(offsets)
        self.bulk = False
        self.tally = Tally()
        self._keyring = keyring
        self._shapes = shapes
        self._letters = letters
        self._sealer = ViewSealer(keyring)
        self._door = Door(Sealer(keyring), shapes.topics)
        self._filing = Filing(shapes.topics, {topic: number for number, topic in enumerate(store.topics())})
        self._heartbeats = Heartbeats()
        self._departments = {topic: department for department, topic in shapes.heartbeats.items()}

    async def take(self, messages: Mapping[Place, list[Any]], positions: Mapping[Place, int]) -> set[str]:
        """Take in what was read; returns the topics that must stand still from now on.

        ``positions``: where reading goes on for each partition. KafkaError: a refused event could not be kept aside,
        nothing has changed.
        """
        started = time.perf_counter()
        halted = set(self.tally.halted)
        items: list[Arrival | Refusal] = []
        offsets: dict[Place, int] = {}
        for place, found in messages.items():
            department = self._departments.get(place[0])
            if department is not None:
                for message in found:
                    if not self._heartbeats.arrive(department, message.value):
                        log.warning("heartbeat not understood", department=department, offset=message.offset)
            elif place[0] not in halted:
                stopped = self._check(place, found, items)
                offsets[place] = max(positions[place], found[-1].offset + 1) if stopped is None else stopped
        refusals = [item for item in items if isinstance(item, Refusal)]
        if refusals:
            await asyncio.gather(*(keep(self._letters, each) for each in refusals if not self._was_erased(each)))
        erased = {item.urn for item in items if isinstance(item, Arrival) and item.envelope is None}
        if erased and (gone := await self._letters.forget(about(erased))):
            log.info("dead letters of erased records gone", letters=gone)
        self._commit(items, offsets)
        metrics.BATCH.observe(time.perf_counter() - started)
        return self.tally.halted - halted

    def measure(self) -> None:
        """Set the gauges that the store itself answers."""
        with self.store.env.begin() as transaction:
            metrics.HELD.set(transaction.stat(db=self.store.databases["held"])["entries"])
            for department in self._shapes.heartbeats:
                at = transaction.get(f"as-of|{department}".encode(), db=self.store.databases["meta"])
                if at is not None:
                    metrics.AS_OF.labels(department).set(datetime.fromisoformat(at.decode()).timestamp())

    def _check(self, place: Place, found: list[Any], items: list[Arrival | Refusal]) -> int | None:
        """Check one partition's messages in order; the offset at which its topic must stand still, or None."""
        topic, partition = place
        shape = self._shapes.topics[topic]
        check, count = self._door.check, self.tally.count
        for message in found:
            try:
                items.append(check(shape, partition, message.offset, message.key, message.value, message.headers))
            except Refused as reason:
                if not self._has_key(topic):
                    self.tally.halt(topic, "the gateway's keyring has no key for it")
                    return message.offset
                if count(topic, refused=True):
                    return message.offset
                items.append(Refusal(shape, message, reason))
            else:
                count(topic, refused=False)
        return None

    def _has_key(self, topic: str) -> bool:
        try:
            self._keyring.topic_current(topic)
        except NoKey:
            return False
        return True

    def _was_erased(self, refusal: Refusal) -> bool:
        """Whether the view knows that the record was erased: nothing of it may be kept again."""
        if refusal.urn is None:
            return False
        with self.store.env.begin() as transaction:
            stored = transaction.get(refusal.urn.encode(), db=self.store.databases["records"])
        erased = stored is not None and bool(RecordHeader.unpack(stored)[0].flags & ERASED)
        if erased:
            place = {"partition": refusal.message.partition, "offset": refusal.message.offset}
            log.warning("event of an erased record refused", topic=refusal.shape.topic, **place)
        return erased

    def _commit(self, items: list[Arrival | Refusal], offsets: Mapping[Place, int]) -> None:
        after = self.offsets | dict(offsets)
        # A topic that the contracts name and that is not followed yet has been read to nowhere; others don't count.
        moved = self._heartbeats.reached(
            lambda topic, number: after.get((topic, number), 0 if topic in self._shapes.topics else None)
        )
        if not offsets and not moved:
            return
        applied: Counter[str] = Counter()
        repeated: Counter[str] = Counter()
        with batch(self.store, self._sealer, bulk=self.bulk and bool(items)) as current:
            for item in items:
                if isinstance(item, Refusal):
                    self._hold(current, item)
                elif self._filing.apply(current, item):
                    applied[item.shape.topic] += 1
                else:
                    repeated[item.shape.topic] += 1
            changes.forget(current)
            for (topic, partition), following in offsets.items():
                current.put("meta", offset_key(topic, partition), pack_number(following))
            for department, at in moved.items():
                current.put_meta(f"as-of|{department}", at.encode())
        self.offsets = after
        for counter, counts in ((metrics.APPLIED, applied), (metrics.REPEATED, repeated)):
            for topic, number in counts.items():
                counter.labels(topic).inc(number)

    def _hold(self, current: Batch, refusal: Refusal) -> None:
        if refusal.urn is None:
            return
        named = getattr(refusal.reason, "subjects", ())
        self._filing.hold(current, refusal.shape, refusal.urn, refusal.version, refusal.mark(), named)
