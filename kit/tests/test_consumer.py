"""An event has its effect exactly once, in the use case's transaction; what may not come in is kept sealed."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from onewindow_kit import db, wire
from onewindow_kit.clock import now
from onewindow_kit.consumer import Consumer, Event, Refused
from onewindow_kit.problems import Conflict, Unavailable
from onewindow_kit.sealing import Sealer
from sqlalchemy import insert
from sqlalchemy.exc import OperationalError

from .conftest import AUTHORITY, TITLE, TOPIC_FILES, Department, eventually

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


@pytest.fixture
def transport(department: Department) -> Transport:
    return Transport(department)


@pytest.fixture
async def send(department: Department) -> AsyncIterator[Callable[..., Any]]:
    """Sends a message as housing's relay would, except for what the caller changes; returns (partition, offset)."""
    sealer = Sealer(department.keys["housing"])

    async def sending(
        record: Any, *, partition: int | None = None, key: Any = ..., value: Any = ..., **head: Any
    ) -> Any:
        key_id, sealed = sealer.seal(record.topic, record.urn, record.version, record.data)
        sealed = None if record.change == "erased" else sealed
        fixed = (record.topic, record.urn, record.version, record.change, record.authority)
        headers = dict(wire.headers("demo", *fixed, key_id, "urn:uuid:from-housing", record.recorded_at))
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


def _at(place: tuple[int, int]) -> str:
    return f"{TITLE}-{place[0]}-{place[1]}"


async def letters(log: Any, number: int = 1) -> list[Any]:
    async def enough() -> list[Any] | None:
        found = await log.read()
        return found if len(found) >= number else None

    return await eventually(enough)


async def test_events_take_effect_once_across_restarts_and_repeats(department, transport, send) -> None:
    records = [department.record(n=n) for n in range(20)]
    for record in records:
        await send(record)
    expected = {(record.urn, 1) for record in records}
    async with transport.consuming():
        await eventually(lambda: _as_many(transport, 20))
    for record in records:  # a relay that was killed before its mark
        await send(record)
    last = department.record(records[0].urn, 2, "varied")
    await send(last)
    async with transport.consuming():
        await eventually(lambda: _as_many(transport, 21))
    assert sorted(await transport.seen()) == sorted(expected | {(last.urn, 2)})
    assert sum((await places(department)).values()) == 41


async def test_a_lower_version_is_dropped(department, transport, send) -> None:
    first = department.record()
    await send(department.record(first.urn, 2, "varied"), partition=0)
    await send(first, partition=0)
    await send(department.record(first.urn, 3, "varied"), partition=0)
    async with transport.consuming():
        await eventually(lambda: _as_many(transport, 2))
    assert await transport.seen() == [(first.urn, 2), (first.urn, 3)]


async def test_a_tombstone_is_an_event_without_envelope(department, transport, send) -> None:
    first = department.record()
    await send(first)
    await send(department.record(first.urn, 2, "erased"))
    async with transport.consuming():
        await eventually(lambda: _as_many(transport, 2))
    assert await transport.seen() == [(first.urn, 1), (first.urn, 2)]


async def test_correlation_is_replaced_at_the_border(department, transport, send) -> None:
    await send(department.record())
    async with transport.consuming():
        await eventually(lambda: _as_many(transport, 1))
    (row,) = await department.fetch(SEEN)
    assert row.correlation.startswith("urn:uuid:")
    assert row.correlation != "urn:uuid:from-housing"


async def test_killed_in_the_middle_nothing_of_the_event_remains(department, transport, send) -> None:
    record = department.record()
    await send(record)
    reached, never = asyncio.Event(), asyncio.Event()

    async def slow(session: Any, event: Event) -> None:
        await Transport.handle(transport, session, event)
        reached.set()
        await never.wait()

    transport.handle = slow
    task = asyncio.create_task(transport.consumer().run(asyncio.Event()))
    await asyncio.wait_for(reached.wait(), 10)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    del transport.handle
    assert await transport.seen() == []
    assert set((await places(department)).values()) == {0}
    async with transport.consuming():
        await eventually(lambda: _as_many(transport, 1))
    assert await transport.seen() == [(record.urn, 1)]


async def test_two_processes_of_one_department_do_not_do_it_twice(department, transport, send) -> None:
    records = [department.record() for _ in range(60)]
    async with transport.consuming(), transport.consuming():
        for record in records:
            await send(record)
        await eventually(lambda: _as_many(transport, 60))
        await eventually(lambda: _sum(department, 60))
    assert sorted(await transport.seen()) == sorted((record.urn, 1) for record in records)


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("seal-broken", {"value": b"\x00" * 200}),
        ("seal-broken", {"value": b'{"name": "in clear"}'}),
        ("key-unknown", {"ow__key": b"k-00000000"}),
        ("header-missing", {"ow__version": None}),
        ("header-malformed", {"ow__version": b"9"}),
        ("header-malformed", {"key": b"110101199003070097"}),
        ("erasure-malformed", {"value": None}),
    ],
)
async def test_what_is_no_event_of_its_topic_is_kept_sealed(department, transport, send, reason, change) -> None:
    bad, good = department.record(name="王芳"), department.record()
    place = await send(bad, **change)
    await send(good, partition=place[0])
    async with department.log("transport.dead-letter.v1") as log, transport.consuming():
        (letter,) = await letters(log)
        await eventually(lambda: _as_many(transport, 1))
    assert await transport.seen() == [(good.urn, 1)]
    headers = {name: raw.decode() for name, raw in letter.headers}
    assert letter.key.decode() == _at(place) == headers["ce_id"]
    assert headers["ow-reason"] == reason
    assert (headers["ow-topic"], headers["ow-consumer"]) == (TITLE, "transport")
    assert (headers["ow-partition"], headers["ow-offset"]) == tuple(map(str, place))
    assert headers["ow-first-seen"].endswith("Z")
    assert b"110101199003070097" not in b"".join(raw for _, raw in letter.headers)
    assert b"in clear" not in letter.value
    whole = Sealer(department.keys["transport"]).open(TITLE, headers["ow-key"], letter.key.decode(), 0, letter.value)
    kept = json.loads(whole)
    if "value" in change:
        assert kept["value"] == (change["value"] and base64.b64encode(change["value"]).decode())
    assert base64.b64decode(kept["key"]) == change.get("key", bad.urn.encode())


async def test_an_event_against_its_contract_keeps_its_own_seal(department, transport, send) -> None:
    record = department.record()
    envelope = json.loads(record.data)
    del envelope["body"]
    place = await send(type(record)(TITLE, record.urn, 1, "created", AUTHORITY, json.dumps(envelope).encode(), now()))
    async with department.log("transport.dead-letter.v1") as log, transport.consuming():
        (letter,) = await letters(log)
    headers = {name: raw.decode() for name, raw in letter.headers}
    assert (headers["ow-reason"], headers["ow-detail"]) == ("event-invalid", "/body is missing")
    assert headers["original-key"] == record.urn
    opened = Sealer(department.keys["transport"]).open(TITLE, headers["ow-key"], record.urn, 1, letter.value)
    assert json.loads(opened) == envelope
    await eventually(lambda: _sum(department, place[1] + 1))


async def test_an_authority_that_does_not_own_the_topic_is_refused(department, transport, send) -> None:
    record = department.record()
    foreign = "demo.vehicle-administration"
    data = json.dumps(json.loads(record.data) | {"authority": foreign}).encode()
    await send(type(record)(TITLE, record.urn, 1, "created", foreign, data, now()))
    async with department.log("transport.dead-letter.v1") as log, transport.consuming():
        (letter,) = await letters(log)
    assert dict(letter.headers)["ow-reason"] == b"authority-foreign"
    assert await transport.seen() == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Refused("type-unknown"), "type-unknown"),
        (Conflict("no such vehicle"), "conflict"),
        (ZeroDivisionError(), "consumer-failed"),
    ],
)
async def test_what_the_use_case_refuses_leaves_no_effect_and_the_next_goes_on(
    department, transport, send, error, reason
) -> None:
    bad, good = department.record(), department.record()
    await send(bad, partition=1)
    await send(good, partition=1)
    transport.refusal = lambda event: error if event.urn == bad.urn else None
    async with department.log("transport.dead-letter.v1") as log, transport.consuming():
        (letter,) = await letters(log)
        await eventually(lambda: _as_many(transport, 1))
    assert dict(letter.headers)["ow-reason"] == reason.encode()
    assert await transport.seen() == [(good.urn, 1)]
    assert (await places(department))[1] == 2


@pytest.mark.parametrize("error", [Unavailable(), ConnectionResetError(), OperationalError("x", None, OSError())])
async def test_an_outage_is_waited_out_and_buries_nothing(department, transport, send, error) -> None:
    record = department.record()
    failures = iter([error, error])
    transport.refusal = lambda _: next(failures, None)
    if isinstance(error, OperationalError):
        error.connection_invalidated = True
    await send(record)
    async with department.log("transport.dead-letter.v1") as log, transport.consuming():
        await eventually(lambda: _as_many(transport, 1))
        assert await log.read() == []
    assert await transport.seen() == [(record.urn, 1)]


async def _as_many(transport: Transport, number: int) -> bool:
    return len(await transport.seen()) >= number


async def _sum(department: Department, number: int) -> bool:
    return sum((await places(department)).values()) >= number
