"""The relay through outages of the broker and many kills: nothing lost, each record's order kept."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from onewindow_kit import topics
from onewindow_kit.relay import metrics
from onewindow_local.engines import ports
from onewindow_local.engines.kafka import Kafka

from .conftest import TOPIC_FILES, Department, eventually
from .consuming import Transport
from .test_relay import drained, relay_process, relaying, waiting


@pytest.fixture
async def own_broker(department: Department, tmp_path: Path) -> AsyncIterator[Kafka]:
    """A broker that the test may stop; the department's topics are on it."""
    port, controller = ports.ephemeral(2)
    kafka = Kafka(tmp_path / "kafka", port, controller)
    await kafka.start()
    department.kafka = kafka.address
    await topics.ensure(kafka.address, TOPIC_FILES, prefix=department.prefix)
    yield kafka
    await kafka.stop()


async def test_a_broker_that_is_away_for_a_while(department: Department, own_broker: Kafka) -> None:
    records = [department.record(n=n) for n in range(50)]
    async with relaying(department):
        await department.publish(*records)
        await drained(department)
        await own_broker.stop()
        await department.publish(*(department.record(record.urn, 2, "varied") for record in records))
        # Whoever watches must see that it is stuck, while it is stuck.
        depth = metrics.DEPTH.labels("housing")
        await eventually(lambda: depth._value.get() == 50)
        assert await waiting(department) == 50
        await own_broker.start()
        await drained(department)
    order: dict[bytes, list[int]] = {}
    async with department.log() as log:

        async def everything() -> bool:
            order.clear()
            for message in await log.read():
                order.setdefault(message.key, []).append(int(dict(message.headers)["ow-version"]))
            return len(order) == 50 and all(versions[-1] == 2 for versions in order.values())

        await eventually(everything)
    assert all(versions == sorted(versions) for versions in order.values())


async def test_killed_again_and_again_under_load(department: Department) -> None:
    urns = [department.record().urn for _ in range(20)]
    done = asyncio.Event()

    async def write() -> None:
        version = 0
        while not done.is_set() or version < 30:
            version += 1
            await department.publish(
                *(department.record(urn, version, "created" if version == 1 else "varied") for urn in urns)
            )
        urns.append(str(version))

    writer = asyncio.create_task(write())
    for _ in range(4):
        async with relay_process(department, "none") as process:
            before = await published(department)
            await eventually(lambda before=before: _more(department, before))
            process.kill()
    done.set()
    await writer
    newest = int(urns.pop())
    async with relaying(department), department.log() as log:
        await drained(department)

        async def whole() -> bool:
            last = {m.key.decode(): int(dict(m.headers)["ow-version"]) for m in await log.read()}
            return last == dict.fromkeys(urns, newest)

        await eventually(whole)
        for urn in urns:
            versions = [int(dict(m.headers)["ow-version"]) for m in log.messages if m.key.decode() == urn]
            assert set(versions) == set(range(1, newest + 1))
            first_seen = list(dict.fromkeys(versions))
            assert first_seen == sorted(first_seen), "a version was sent before the one that it follows"


async def published(department: Department) -> int:
    return (await department.fetch("select count(*) from outbox where published_at is not null"))[0][0]


async def _more(department: Department, than: int) -> bool:
    return await published(department) > than + 40


async def test_a_consumer_outlasts_its_broker_too(department: Department, own_broker: Kafka) -> None:
    transport = Transport(department)
    async with relaying(department), transport.consuming():
        await department.publish(*(department.record() for _ in range(5)))
        await eventually(lambda: _seen(transport, 5))
        for turn in range(2):
            await own_broker.stop()
            await department.publish(*(department.record() for _ in range(5)))
            await own_broker.start()
            await eventually(lambda turn=turn: _seen(transport, 10 + 5 * turn))
    assert len(await transport.seen()) == 15


async def _seen(transport: Transport, number: int) -> bool:
    return len(await transport.seen()) >= number
