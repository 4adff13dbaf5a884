"""The relay loses nothing, keeps each record's order, and only one works, whatever is killed when."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import onewindow_kit
from onewindow_kit.db import plain_url
from onewindow_kit.relay import Relay
from onewindow_kit.waker import Waker

from .conftest import eventually

SCRIPT = Path(__file__).with_name("relay_process.py")


def relay_of(department, **more) -> Relay:
    return Relay(
        "housing", database=department.url, kafka=department.kafka, instance="demo", prefix=department.prefix, **more
    )


@asynccontextmanager
async def relaying(department, **more) -> AsyncIterator[None]:
    """A relay in this process, ended in good order."""
    stop = asyncio.Event()
    task = asyncio.create_task(relay_of(department, **more).run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


@asynccontextmanager
async def relay_process(department, point: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A relay in a process of its own; killed at the end if it still lives."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(SCRIPT), point, department.url, department.kafka, department.prefix),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(onewindow_kit.__file__).parents[1])},
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def reached(process: asyncio.subprocess.Process) -> None:
    async def look() -> None:
        while b"reached" not in (line := await process.stdout.readline()):
            assert line, "the relay's process ended before its point"

    await asyncio.wait_for(look(), 60)


async def waiting(department) -> int:
    return (await department.fetch("select count(*) from outbox where published_at is null"))[0][0]


async def drained(department, within: float = 60.0) -> None:
    async def empty() -> bool:
        return await waiting(department) == 0

    await eventually(empty, within=within)


async def versions(log, urn: str) -> list[int]:
    return [int(dict(m.headers)["ow-version"]) for m in await log.read() if m.key.decode() == urn]


async def test_what_is_committed_arrives_once_and_in_order(department) -> None:
    records = [department.record(n=n) for n in range(300)]
    async with department.log() as log, relaying(department, batch=70):
        await department.publish(*records)
        await department.publish(*(department.record(record.urn, 2, "varied") for record in records))
        order: dict[bytes, list[bytes]] = {}
        for message in await eventually(lambda: _count(log, 600)):
            order.setdefault(message.key, []).append(dict(message.headers)["ow-version"])
        assert order == {record.urn.encode(): [b"1", b"2"] for record in records}
        await drained(department)
    message = next(m for m in log.messages if m.key.decode() == records[0].urn)
    sealer = department.records.sealer
    key_id = dict(message.headers)["ow-key"].decode()
    assert sealer.open("housing.title.v1", key_id, records[0].urn, 1, message.value) == records[0].data


async def test_relay_offsets_are_those_after_the_last_event_of_each_partition(department) -> None:
    async with department.log() as log, relaying(department):
        await department.publish(*(department.record() for _ in range(50)))
        await drained(department)
        messages = await eventually(lambda: _count(log, 50))
    ends = {m.partition: m.offset + 1 for m in sorted(messages, key=lambda m: m.offset)}
    rows = await department.fetch("select topic, partition, next from relay_offset order by partition")
    assert [(row.topic, row.partition, row.next) for row in rows] == [
        ("housing.title.v1", partition, end) for partition, end in sorted(ends.items())
    ]


async def test_an_erased_record_is_a_tombstone(department) -> None:
    record = department.record()
    async with department.log() as log, relaying(department):
        await department.publish(record, department.record(record.urn, 2, "erased"))
        await eventually(lambda: _count(log, 2))
    assert log.messages[1].value is None
    assert dict(log.messages[1].headers)["ce_type"] == b"housing.title.erased"


async def test_killed_between_acknowledgement_and_mark_it_repeats_but_loses_nothing(department) -> None:
    record = department.record()
    async with department.log() as log:
        async with relay_process(department, "before-mark") as process:
            await department.publish(record, department.record(record.urn, 2, "varied"))
            await reached(process)
            assert await eventually(lambda: versions(log, record.urn)) == [1, 2]
            process.send_signal(signal.SIGKILL)
        assert await waiting(department) == 2
        await department.publish(department.record(record.urn, 3, "varied"))
        async with relaying(department):
            await drained(department)
        seen = await eventually(lambda: _ended(log, record.urn, 3))
    # Repeated from the first unmarked on, so the log ends with the newest: compaction keeps the right one.
    assert seen in ([1, 2, 1, 2, 3], [1, 2, 3])
    assert len(seen) == 5, "the test killed too late to see a repeat"


async def test_killed_before_the_kafka_transaction_is_committed_nothing_is_seen_twice(department) -> None:
    record = department.record()
    async with department.log() as log:
        async with relay_process(department, "before-commit") as process:
            await department.publish(record)
            await reached(process)
            process.send_signal(signal.SIGKILL)
        async with relaying(department):
            await drained(department)
        assert await eventually(lambda: versions(log, record.urn)) == [1]


async def test_a_relay_that_comes_back_after_losing_its_lock_is_fenced(department) -> None:
    record = department.record()
    async with department.log() as log, relay_process(department, "before-commit") as zombie:
        await department.publish(record)
        await reached(zombie)
        zombie.send_signal(signal.SIGSTOP)
        await _end_connections(department, "relay.housing")
        async with relaying(department):
            await department.publish(department.record(record.urn, 2, "varied"))
            await drained(department)
            # Sooner than the broker would by itself abort what the first has left open (30 s).
            assert await eventually(lambda: versions(log, record.urn), within=20) == [1, 2]
            # It now goes on to commit what it had sent long ago.
            zombie.send_signal(signal.SIGCONT)
            zombie.stdin.write(b"go on\n")
            await department.publish(department.record(record.urn, 3, "varied"))
            assert await eventually(lambda: _ended(log, record.urn, 3)) == [1, 2, 3]


async def test_of_two_relays_one_works_and_the_other_takes_over(department) -> None:
    async with department.log() as log, relay_process(department, "none") as first:
        await department.publish(department.record())
        await drained(department)
        async with relaying(department):
            await department.publish(*(department.record() for _ in range(20)))
            await drained(department)
            assert len(await eventually(lambda: _count(log, 21))) == 21
            first.kill()
            await first.wait()
            await department.publish(department.record())
            await drained(department)
            assert len(await eventually(lambda: _count(log, 22))) == 22


async def test_a_transaction_that_commits_late_is_not_passed_over(department) -> None:
    late, early = department.record(), department.record()
    async with department.log() as log, relaying(department):
        async with department.sessions() as session, session.begin():
            await department.records.publish(session, late)
            await department.publish(early)
            assert await eventually(lambda: versions(log, early.urn)) == [1]
            assert await versions(log, late.urn) == []
        assert await eventually(lambda: versions(log, late.urn)) == [1]
    rows = await department.fetch("select urn from outbox order by id")
    assert [row.urn for row in rows] == [late.urn, early.urn]


async def test_the_database_ending_its_connection_only_pauses_it(department) -> None:
    async with department.log() as log, relaying(department):
        for n in range(3):
            await department.publish(department.record(n=n))
            await drained(department)
            await _end_connections(department, "relay.housing")
        await department.publish(department.record())
        await drained(department)
        assert len(await eventually(lambda: _count(log, 4))) == 4


async def test_heartbeats_say_up_to_which_offsets_all_is_sent(department) -> None:
    async with department.log("housing.heartbeat.v1") as beats, department.log() as log, relaying(department):
        first = (await eventually(lambda: _count(beats, 1)))[0]
        assert json.loads(first.value)["offsets"] == {}
        await department.publish(*(department.record() for _ in range(10)))
        messages = await eventually(lambda: _count(log, 10))
        ends = {str(m.partition): m.offset + 1 for m in sorted(messages, key=lambda m: m.offset)}
        last = await eventually(lambda: _beat_with(beats, {"housing.title.v1": ends}))
        assert last["department"] == "housing"
        assert last["at"] > json.loads(first.value)["at"]
    assert first.key == b"housing"


async def test_no_heartbeat_before_the_backlog_is_sent(department) -> None:
    await department.publish(*(department.record() for _ in range(60)))
    async with department.log("housing.heartbeat.v1") as beats, relaying(department, batch=10):
        first = (await eventually(lambda: _count(beats, 1)))[0]
        await drained(department)
    rows = await department.fetch("select partition, next from relay_offset")
    ends = {str(row.partition): row.next for row in rows}
    assert json.loads(first.value)["offsets"] == {"housing.title.v1": ends}


async def test_the_waker_makes_the_relay_look_at_once(department) -> None:
    connection = await asyncpg.connect(plain_url(department.url))
    try:
        heard = asyncio.Event()
        await connection.add_listener("onewindow_outbox", lambda *_: heard.set())
        async with Waker(department.url) as waker:
            for _ in range(3):
                waker.wake()
                await asyncio.wait_for(heard.wait(), 30)
                heard.clear()
                await _end_connections(department, "onewindow.waker")
    finally:
        await connection.close()


async def test_published_rows_are_pruned_after_a_day(department) -> None:
    await department.publish(*(department.record() for _ in range(4)))
    async with department.sessions() as session, session.begin():
        connection = await session.connection()
        await connection.exec_driver_sql(
            "update outbox set published_at = now() - id * interval '13 hours' where id < (select max(id) from outbox)"
        )
    async with relaying(department):
        await drained(department)

        async def pruned() -> bool:
            return len(await department.fetch("select 1 from outbox")) == 2

        await eventually(pruned)


async def _count(log, number: int) -> list | None:
    messages = await log.read()
    return messages if len(messages) >= number else None


async def _ended(log, urn: str, version: int) -> list[int] | None:
    seen = await versions(log, urn)
    return seen if seen[-1:] == [version] else None


async def _beat_with(beats, offsets: dict) -> dict | None:
    messages = await beats.read()
    last = json.loads(messages[-1].value)
    return last if last["offsets"] == offsets else None


async def _end_connections(department, application: str) -> None:
    rows = await department.fetch(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1"
        " and datname = current_database()",
        application,
    )
    assert rows, f"{application} has no connection"
