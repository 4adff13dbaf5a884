"""The projector on one core: events from the log to the view, beside reading the same log and doing nothing."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from gateway.view import store as stores
from gateway.view.digest import Digest, digest
from gateway.view.layout import unpack_number
from gateway.view.seal import ViewSealer
from onewindow_contracts import loader
from onewindow_kit import topics, wire
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.records import new_urn
from onewindow_kit.sealing import Sealer
from onewindow_local.instance import CHECKOUT, Instance

from tests.bench import rig
from tests.bench.report import Figure

PREFIX, TOPIC, AUTHORITY = "bench.", "housing.title.v1", "demo.title-registry"
PORT_OFFSET = 205


async def run(events: int) -> list[Figure]:
    """``events`` titles of one or two owners, ten titles a person at most; then the same log once more, from nothing."""
    with rig.instance(0) as made:
        kafka = f"127.0.0.1:{made.kafka_port}"
        contracts = loader.load()
        await topics.ensure(kafka, contracts.topics.values(), prefix=PREFIX)
        rig.say(f"publishing {events:,} titles")
        await _publish(kafka, Keyring.load(made.keys / "housing.json"), events)
        bare = await _bare(kafka, events)
        view = made.folder / "bench-view"
        rig.say("projecting")
        rate = await asyncio.to_thread(_projected, made, view, events)
        first = _content(made, view)
        rig.say("making the view anew")
        started = time.perf_counter()
        with _projector(made, view, "--rebuild", "--once") as process:
            await asyncio.to_thread(process.wait)
        took = time.perf_counter() - started
        again = _content(made, view)
        if again != first or not first.records:
            raise RuntimeError(f"the view made anew differs: {first} and {again}")
        os.sched_setaffinity(0, set(range(os.cpu_count() or 1)))
    return [
        Figure("reading the log and no more", bare, "events/s"),
        Figure("log to view, one core", rate, "events/s", "reading alone", rate / bare, "20,000"),
        Figure("view made anew, process start included", events / took, "events/s"),
        Figure("records the same in both views", float(first.records), "pairs", "the first view", 1.0, "1.00"),
    ]


async def _publish(kafka: str, keyring: Keyring, events: int) -> None:
    sealer, chance = Sealer(keyring), random.Random(1)
    folder = loader.load().folders[0] / "examples" / TOPIC
    example = orjson.loads(next(iter(sorted(folder.glob("*.json")))).read_bytes())
    owner = next(s for s in example["subjects"]) | {"until": None}
    people = [str(Pseudonym.new("housing")) for _ in range(max(10, events // 4))]
    async with AIOKafkaProducer(bootstrap_servers=kafka, acks="all", linger_ms=5, max_batch_size=1 << 18) as producer:
        for _ in range(events):
            urn = new_urn(AUTHORITY, "title")
            named = [owner | {"pseudonym": each} for each in chance.sample(people, chance.choice((1, 1, 2)))]
            envelope = example | {"urn": urn, "version": 1, "change": "created", "subjects": named}
            key_id, value = sealer.seal(TOPIC, urn, 1, orjson.dumps(envelope))
            head = wire.headers("demo", TOPIC, urn, 1, "created", AUTHORITY, key_id, "bench", datetime.now(UTC))
            await producer.send(PREFIX + TOPIC, value, key=urn.encode(), headers=head)
        await producer.flush()


async def _bare(kafka: str, events: int) -> float:
    os.sched_setaffinity(0, {0})
    places = [TopicPartition(PREFIX + TOPIC, number) for number in range(4)]
    async with AIOKafkaConsumer(
        bootstrap_servers=kafka,
        isolation_level="read_committed",
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=2 << 20,
        fetch_max_bytes=16 << 20,
    ) as consumer:
        consumer.assign(places)
        await consumer.seek_to_beginning(*places)
        count, started = 0, time.perf_counter()
        while count < events:
            count += sum(map(len, (await consumer.getmany(timeout_ms=1000, max_records=2000)).values()))
        took = time.perf_counter() - started
    os.sched_setaffinity(0, {1})
    return events / took


def _projected(made: Instance, view: Path, events: int) -> float:
    """Events a second between the first and the last that a reader sees committed."""
    with _projector(made, view):
        while stores.current(view) is None:
            time.sleep(0.005)
        with closing(stores.open_for_reading(view)) as store:
            while not (begun := _position(store)):
                time.sleep(0.002)
            started = time.perf_counter()
            while (reached := _position(store)) < events:
                time.sleep(0.005)
            return (reached - begun) / (time.perf_counter() - started)


def _position(store: stores.Store) -> int:
    return sum(unpack_number(store.meta(f"offset|{TOPIC}|{number}")) for number in range(4))


def _content(made: Instance, view: Path) -> Digest:
    with closing(stores.open_for_reading(view)) as store:
        return digest(store, ViewSealer(Keyring.load(made.keys / "gateway.json")))


@contextmanager
def _projector(made: Instance, view: Path, *flags: str) -> Iterator[subprocess.Popen[bytes]]:
    """A second projector of the instance, of our topics and our view, alone on the first core."""
    mine: dict[str, Any] = {"VIEW": view, "TOPIC_PREFIX": PREFIX, "OPS_PORT": made.port + PORT_OFFSET}
    environment = rig.environment_of(made, "projector") | {f"ONEWINDOW_{k}": str(v) for k, v in mine.items()}
    command = [sys.executable, "-m", "gateway", "projector", *flags]
    process = subprocess.Popen(command, cwd=CHECKOUT, env=environment, preexec_fn=_on_the_first_core)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _on_the_first_core() -> None:
    os.sched_setaffinity(0, {0})
