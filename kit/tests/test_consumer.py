"""An event has its effect exactly once, in the use case's transaction; what the use case refuses is kept aside."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from onewindow_kit.consumer import Event, Refused, metrics
from onewindow_kit.problems import Conflict, Unavailable
from onewindow_kit.relay import Relay
from sqlalchemy.exc import OperationalError

from .conftest import TITLE, Department, eventually
from .consuming import SEEN, Transport, as_many, letters, place_sum, places, sender


@pytest.fixture
def transport(department: Department) -> Transport:
    return Transport(department)


@pytest.fixture
async def send(department: Department) -> AsyncIterator[Any]:
    async with sender(department) as sending:
        yield sending


async def test_events_take_effect_once_across_restarts_and_repeats(department, transport, send) -> None:
    records = [department.record(n=n) for n in range(20)]
    for record in records:
        await send(record)
    expected = {(record.urn, 1) for record in records}
    async with transport.consuming():
        await eventually(lambda: as_many(transport, 20))
    for record in records:  # a relay that was killed before its mark
        await send(record)
    last = department.record(records[0].urn, 2, "varied")
    await send(last)
    async with transport.consuming():
        await eventually(lambda: as_many(transport, 21))
    assert sorted(await transport.seen()) == sorted(expected | {(last.urn, 2)})
    assert sum((await places(department)).values()) == 41


async def test_a_consumer_that_has_read_all_has_no_lag(department, transport) -> None:
    # A relay's transactions leave markers behind the last event: the log's end is not where the events end.
    stop = asyncio.Event()
    settings = {"kafka": department.kafka, "instance": "demo", "prefix": department.prefix}
    relay = asyncio.create_task(Relay("housing", database=department.url, **settings).run(stop))
    lags = [metrics.LAG.labels("transport", TITLE, partition) for partition in (0, 1)]
    for lag in lags:
        lag.set(99)
    async with transport.consuming():
        await department.publish(*(department.record() for _ in range(10)))
        await eventually(lambda: as_many(transport, 10))
        await eventually(lambda: [lag._value.get() for lag in lags] == [0, 0])
    stop.set()
    await relay


async def test_a_lower_version_is_dropped(department, transport, send) -> None:
    first = department.record()
    await send(department.record(first.urn, 2, "varied"), partition=0)
    await send(first, partition=0)
    await send(department.record(first.urn, 3, "varied"), partition=0)
    async with transport.consuming():
        await eventually(lambda: as_many(transport, 2))
    assert await transport.seen() == [(first.urn, 2), (first.urn, 3)]


async def test_a_tombstone_is_an_event_without_envelope(department, transport, send) -> None:
    first = department.record()
    await send(first)
    await send(department.record(first.urn, 2, "erased"))
    async with transport.consuming():
        await eventually(lambda: as_many(transport, 2))
    assert await transport.seen() == [(first.urn, 1), (first.urn, 2)]


async def test_correlation_is_replaced_at_the_border(department, transport, send) -> None:
    await send(department.record())
    async with transport.consuming():
        await eventually(lambda: as_many(transport, 1))
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
        await eventually(lambda: as_many(transport, 1))
    assert await transport.seen() == [(record.urn, 1)]


async def test_two_processes_of_one_department_do_not_do_it_twice(department, transport, send) -> None:
    records = [department.record() for _ in range(60)]
    async with transport.consuming(), transport.consuming():
        for record in records:
            await send(record)
        await eventually(lambda: as_many(transport, 60))
        await eventually(lambda: place_sum(department, 60))
    assert sorted(await transport.seen()) == sorted((record.urn, 1) for record in records)


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
        await eventually(lambda: as_many(transport, 1))
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
        await eventually(lambda: as_many(transport, 1))
        assert await log.read() == []
    assert await transport.seen() == [(record.urn, 1)]
