"""A consuming department on real engines, and housing's side of the topic with whatever a test spoils in it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaProducer
from onewindow_kit import db, wire
from onewindow_kit.clock import now
from onewindow_kit.consumer import Consumer, Event
from onewindow_kit.sealing import Sealer
from sqlalchemy import insert

from .conftest import TITLE, TOPIC_FILES, Department, eventually

SEEN = "select topic, key_id as urn, version, correlation from outbox where authority = 'seen' order by id"


class Transport:
    """A consuming department: each event it takes becomes one row, in the session that it is given."""

    def __init__(self, department: Department) -> None:
        self.department = department
        self.refusal: Callable[[Event], Exception | None] = lambda _: None

    def validate(self, _topic: str, envelope: dict[str, Any]) -> list[str]:
        return [] if "body" in envelope else ["/body is missing"]

    async def handle(self, session: Any, event: Event) -> None:
        row = {
            "topic": event.type,
            "urn": event.urn,
            "version": event.version,
            "change": event.change,
            "authority": "seen",
            "key_id": event.urn,
            "correlation": session.info["correlation"],
            "recorded_at": now(),
            "published_at": now(),  # for the test to see, not for a relay to send
        }
        await session.execute(insert(db.outbox).values(row))
        if refusal := self.refusal(event):
            raise refusal

    async def seen(self) -> list[tuple[str, int]]:
        return [(row.urn, row.version) for row in await self.department.fetch(SEEN)]

    def consumer(self) -> Consumer:
        return Consumer(
            "transport",
            kafka=self.department.kafka,
            instance="demo",
            prefix=self.department.prefix,
            topics=[file for file in TOPIC_FILES if file["topic"] == TITLE],
            sessions=self.department.sessions,
            keyring=self.department.keys["transport"],
            validate=self.validate,
            handle=self.handle,
        )

    @asynccontextmanager
    async def consuming(self) -> AsyncIterator[None]:
        stop = asyncio.Event()
        task = asyncio.create_task(self.consumer().run(stop))
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(task, 20)


@asynccontextmanager
async def sender(department: Department) -> AsyncIterator[Callable[..., Any]]:
    """Sends a message as housing's relay would, except for what the caller changes; returns (partition, offset)."""
    sealer = Sealer(department.keys["housing"])

    async def sending(
        record: Any, *, partition: int | None = None, key: Any = ..., value: Any = ..., **head: Any
    ) -> Any:
        key_id, sealed = sealer.seal(record.topic, record.urn, record.version, record.data)
        fixed = (record.topic, record.urn, record.version, record.change, record.authority)
        headers = dict(wire.headers("demo", *fixed, key_id, "urn:uuid:from-housing", record.recorded_at))
        if record.change == "erased":
            headers[wire.ERASURE], sealed = sealed, None
        headers |= {name.replace("__", "-"): raw for name, raw in head.items()}
        placed = await producer.send_and_wait(
            department.prefix + TITLE,
            sealed if value is ... else value,
            key=record.urn.encode() if key is ... else key,
            headers=[(name, raw) for name, raw in headers.items() if raw is not None],
            partition=partition,
        )
        return placed.partition, placed.offset

    async with AIOKafkaProducer(bootstrap_servers=department.kafka) as producer:
        yield sending


async def places(department: Department) -> dict[int, int]:
    rows = await department.fetch("select partition, next from consumer_offset where consumer = 'transport'")
    return {row.partition: row.next for row in rows}


def at(place: tuple[int, int]) -> str:
    return f"{TITLE}-{place[0]}-{place[1]}"


async def letters(log: Any, number: int = 1) -> list[Any]:
    async def enough() -> list[Any] | None:
        found = await log.read()
        return found if len(found) >= number else None

    return await eventually(enough)


async def as_many(transport: Transport, number: int) -> bool:
    return len(await transport.seen()) >= number


async def place_sum(department: Department, number: int) -> bool:
    return sum((await places(department)).values()) >= number
