"""The access record as the gateway of these tests writes it, read as the recorder does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
from aiokafka import AIOKafkaConsumer, TopicPartition
from onewindow_kit.access import TOPIC, read
from onewindow_kit.keyring import Keyring
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import eventually


class Record:
    """Every entry so far, by id."""

    def __init__(self, consumer: AIOKafkaConsumer, sealer: Sealer) -> None:
        self._consumer, self._sealer = consumer, sealer
        self.entries: dict[str, dict[str, Any]] = {}

    async def entry(self, answer: httpx.Response) -> dict[str, Any]:
        """The entry under which an answer left: it is there, because it was acknowledged before."""
        return await self.named(answer.headers["onewindow-entry"])

    async def named(self, entry: str) -> dict[str, Any]:
        async def there() -> dict[str, Any] | None:
            await self.look()
            return self.entries.get(entry)

        return await eventually(there)

    async def look(self) -> None:
        """Take in what Kafka has."""
        for messages in (await self._consumer.getmany(timeout_ms=20)).values():
            for message in messages:
                for _, raw in read(self._sealer, message.headers, message.value).entries:
                    entry = orjson.loads(raw)
                    self.entries[entry["id"]] = entry


@asynccontextmanager
async def reading(kafka: str, prefix: str, keys: Path) -> AsyncIterator[Record]:
    sealer = Sealer(Keyring.load(keys / "gateway.json"))
    async with AIOKafkaConsumer(bootstrap_servers=kafka, auto_offset_reset="earliest") as consumer:
        consumer.assign([TopicPartition(prefix + TOPIC, 0)])
        yield Record(consumer, sealer)
