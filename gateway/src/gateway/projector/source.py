"""Reading Kafka: all partitions of the wanted topics, no group, committed events only, from offsets of our own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from onewindow_kit.broker import connection

from gateway.projector.topic_ids import Found, find

Place = tuple[str, int]
"""Topic without prefix, and partition."""

LATEST: Final = 20
"""Messages to look back on a topic of which only the newest matters; control records take places too."""


class Source:
    """Topics are named without prefix outside of this class."""

    def __init__(self, consumer: AIOKafkaConsumer, prefix: str) -> None:
        self._consumer = consumer
        self._prefix = prefix
        self._places: dict[TopicPartition, Place] = {}

    async def describe(self, topics: Iterable[str]) -> tuple[str, dict[str, Found]]:
        """The cluster's id, and those of ``topics`` that exist."""
        cluster, found = await find(self._consumer._client, [self._prefix + topic for topic in topics])
        return cluster, {name.removeprefix(self._prefix): topic for name, topic in found.items()}

    async def assign(self, offsets: Mapping[Place, int], newest: Iterable[Place]) -> dict[Place, int]:
        """Follow these partitions from these next offsets, and ``newest`` from near their ends; returns where all end."""
        newest = set(newest)
        self._places = {TopicPartition(self._prefix + topic, n): (topic, n) for topic, n in (*offsets, *newest)}
        self._consumer.assign(list(self._places))
        ends = await self._consumer.end_offsets(list(self._places))
        for partition, place in self._places.items():
            start = max(0, ends[partition] - LATEST) if place in newest else offsets[place]
            self._consumer.seek(partition, start)
        return {self._places[partition]: end for partition, end in ends.items()}

    async def poll(self, *, most: int, wait: float) -> dict[Place, list[Any]]:
        """Messages by partition, at most ``most`` together; empty after ``wait`` seconds without any."""
        found = await self._consumer.getmany(timeout_ms=int(wait * 1000), max_records=most)
        return {self._places[partition]: messages for partition, messages in found.items()}

    async def position(self, place: Place) -> int:
        """The next offset to be read; control records are stepped over."""
        return await self._consumer.position(TopicPartition(self._prefix + place[0], place[1]))

    def lag(self, place: Place, position: int) -> int:
        """Messages beyond ``position``, as far as the broker said."""
        stable = self._consumer.last_stable_offset(TopicPartition(self._prefix + place[0], place[1]))
        return max(0, stable - position) if stable is not None and stable >= 0 else 0

    def pause(self, topic: str) -> None:
        self._consumer.pause(*(p for p, place in self._places.items() if place[0] == topic))


@asynccontextmanager
async def connect(kafka: str, prefix: str) -> AsyncIterator[Source]:
    """KafkaError when no broker answers."""
    consumer = AIOKafkaConsumer(
        **connection(kafka),
        client_id="projector",
        enable_auto_commit=False,
        isolation_level="read_committed",
        auto_offset_reset="none",
        fetch_max_wait_ms=250,
        fetch_max_bytes=16 * 1024 * 1024,
        max_partition_fetch_bytes=2 * 1024 * 1024,
        request_timeout_ms=10_000,
        retry_backoff_ms=50,
    )
    try:
        await consumer.start()
        yield Source(consumer, prefix)
    finally:
        await consumer.stop()
