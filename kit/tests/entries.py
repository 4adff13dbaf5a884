"""The access record's topic with its writer's and reader's keys, and reading it as the recorder does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from onewindow_kit import topics
from onewindow_kit.access import TOPIC, AccessLog, Batch, Seen, Writer, read
from onewindow_kit.access.batch import PARTITION
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import eventually, topic_prefix

TOPIC_FILE = {
    "topic": TOPIC,
    "kind": "log",
    "department": "access",
    "record_type": "entries",
    "producers": ["gateway"],
    "consumers": ["access"],
    "partitions": 1,
    "retention": {"cleanup": "delete", "retention": "P30D"},
}
SEEN = Seen("look", "answered", "within-purpose", "readForPurpose", "demo.social-aid", "demo.social-aid", "o-17", "jti")


@dataclass
class Record:
    """``kafka`` is the broker's address; ``writer_seals`` and ``reader_seals`` are those of gateway and recorder."""

    kafka: str
    prefix: str
    writer_seals: Sealer
    reader_seals: Sealer

    def writer(self, **over: Any) -> Writer:
        return Writer(self.kafka, self.writer_seals, prefix=self.prefix, **over)

    @asynccontextmanager
    async def log(self, **over: Any) -> AsyncIterator[AccessLog]:
        async with self.writer(**over) as writer:
            yield AccessLog("demo", writer)

    async def lying(self, count: int) -> list[ConsumerRecord]:
        """The first ``count`` records of the topic as they lie there, once there are so many."""
        found: list[ConsumerRecord] = []
        place = TopicPartition(self.prefix + TOPIC, PARTITION)
        async with AIOKafkaConsumer(bootstrap_servers=self.kafka, auto_offset_reset="earliest") as consumer:
            consumer.assign([place])

            async def enough() -> bool:
                found.extend((await consumer.getmany(timeout_ms=50)).get(place, ()))
                return len(found) >= count

            await eventually(enough, within=30)
        return found

    async def batches(self, count: int) -> list[Batch]:
        return [read(self.reader_seals, each.headers, each.value) for each in await self.lying(count)]


async def record(kafka: str, folder: Path) -> Record:
    """A topic of its own on ``kafka``, keys in ``folder``."""
    prefix = topic_prefix()
    await topics.ensure(kafka, [TOPIC_FILE], prefix=prefix)
    paths = provision(folder, [TOPIC_FILE], [], ["gateway", "access"])
    return Record(kafka, prefix, *(Sealer(Keyring.load(paths[name])) for name in ("gateway", "access")))
