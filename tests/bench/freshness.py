"""From a commit in housing to its visibility in the view, at a steady rate of changes."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from gateway.settings import GatewaySettings
from gateway.view import View
from onewindow_contracts import loader
from onewindow_kit import db
from onewindow_kit.broker import connection
from onewindow_kit.keyring import Keyring
from onewindow_kit.records import Record, Records, new_urn
from onewindow_kit.waker import Waker
from onewindow_local import brokers

from tests.bench import rig
from tests.bench.report import Figure

TOPIC, AUTHORITY = "housing.title.v1", "demo.title-registry"


async def run(rate: int, seconds: float) -> list[Figure]:
    """``rate`` commits a second for ``seconds``; the commit is done as the edge does it, with the outbox row in it."""
    with rig.instance(500) as made:
        bare = await _bare_kafka(brokers.address(made, brokers.ADMIN), 500)
        url = rig.environment_of(made, "housing")["ONEWINDOW_DATABASE"]
        keyring = Keyring.load(made.keys / "housing.json")
        contracts = loader.load()
        view = View(GatewaySettings(view=made.folder / "view"), Keyring.load(made.keys / "gateway.json"), contracts)
        records = Records(keyring, "demo")
        example = _example()
        delays: list[float] = []
        async with view, db.opened(url) as sessions, Waker(url) as waker:
            gate = asyncio.Semaphore(8)

            async def change() -> None:
                urn = new_urn(AUTHORITY, "title")
                async with gate, sessions() as session, session.begin():
                    await records.publish(session, _record(example, urn))
                committed = time.perf_counter()
                waker.wake()
                await view.wait([(urn, 1)], within=10)
                delays.append(time.perf_counter() - committed)

            rig.say(f"{rate} changes a second for {seconds:.0f} s")
            tasks, start = [], time.perf_counter()
            for number in range(int(rate * seconds)):
                # The steady rate itself, nothing is waited for.
                await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
                tasks.append(asyncio.create_task(change()))
            await asyncio.gather(*tasks)
    delays = sorted(delays[len(delays) // 10 :])
    median, slow = delays[len(delays) // 2] * 1000, delays[int(len(delays) * 0.99)] * 1000
    return [
        Figure("one event through bare Kafka, median", bare, "ms"),
        Figure("commit to view, median", median, "ms", "bare Kafka", median / bare, "below 5 ms"),
        Figure("commit to view, 99th percentile", slow, "ms", goal="below 30 ms"),
    ]


def _example() -> dict:
    folder = loader.load().folders[0] / "examples" / TOPIC
    return orjson.loads(next(iter(sorted(folder.glob("*.json")))).read_bytes())


def _record(example: dict, urn: str) -> Record:
    envelope = example | {"urn": urn, "version": 1, "change": "created", "authority": AUTHORITY}
    return Record(TOPIC, urn, 1, "created", AUTHORITY, orjson.dumps(envelope), datetime.now(UTC))


async def _bare_kafka(address: str, count: int) -> float:
    """Median milliseconds from send to receipt of one message at a time, acknowledged by all replicas."""
    topic = TopicPartition("bench-bare", 0)
    delays = []
    admin = AIOKafkaAdminClient(**connection(address))
    await admin.start()
    await admin.create_topics([NewTopic(topic.topic, 1, 1)])
    await admin.close()
    async with (
        AIOKafkaProducer(**connection(address), acks="all") as producer,
        AIOKafkaConsumer(**connection(address), auto_offset_reset="earliest") as consumer,
    ):
        await producer.send_and_wait(topic.topic, b"first")
        consumer.assign([topic])
        await consumer.getone()
        for _ in range(count):
            started = time.perf_counter()
            await producer.send(topic.topic, b"x" * 1000, partition=0)
            await consumer.getone()
            delays.append(time.perf_counter() - started)
    return sorted(delays)[count // 2] * 1000
