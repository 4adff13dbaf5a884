"""The projector on one core: a second view made from the log of a whole city, beside only reading that log."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
from aiokafka import AIOKafkaConsumer, TopicPartition
from gateway.view import store as stores
from gateway.view.digest import Digest, digest
from gateway.view.seal import ViewSealer
from gateway.view.store import Store
from onewindow_contracts import loader
from onewindow_kit.broker import connection
from onewindow_kit.keyring import Keyring
from onewindow_kit.testing import eventually
from onewindow_local import brokers
from onewindow_local.engines.ports import ephemeral
from onewindow_local.instance import CHECKOUT, Instance

from tests.bench import metrics, rig
from tests.bench.report import Figure


async def run(people: int) -> list[Figure]:
    """Load ``people``, then build a second view from nothing on the first core, everything else on the second."""
    with rig.instance(people) as made:
        rig.measured_alone(made, "nobody")
        os.sched_setaffinity(0, {0})
        rig.say("reading the log alone")
        bare = await _read_alone(made)
        os.sched_setaffinity(0, {1})
        rig.say("building a view")
        second = made.folder / "second-view"
        rate, events = await _build(made, second)
        old, new = _digest(made, made.folder / "view"), _digest(made, second)
        os.sched_setaffinity(0, set(range(os.cpu_count() or 1)))
    if old != new:
        raise RuntimeError(f"the rebuilt view differs: {old} and {new}")
    return [
        Figure("reading the log alone, one core", bare, "events/s"),
        Figure("projector, one core", rate, "events/s", "reading alone", rate / bare, "20,000/s"),
        Figure("events in the log", float(events), "events"),
        Figure("rebuilt view equal to the old one", float(new.records), "records"),
    ]


async def _read_alone(made: Instance) -> float:
    topics = [name for name, topic in loader.load().topics.items() if "gateway" in topic.consumers]
    consumer = AIOKafkaConsumer(
        **connection(brokers.address(made, brokers.ADMIN)),
        isolation_level="read_committed",
        auto_offset_reset="earliest",
    )
    async with consumer:
        known = [
            TopicPartition(t, p) for t in topics for p in consumer.partitions_for_topic(t) or await _fetch(consumer, t)
        ]
        consumer.assign(known)
        ends = await consumer.end_offsets(known)
        count, started = 0, time.perf_counter()
        while any([await consumer.position(each) < ends[each] - 1 for each in known]):
            batch = await consumer.getmany(timeout_ms=500, max_records=2000)
            if not batch:
                break
            count += sum(map(len, batch.values()))
        return count / (time.perf_counter() - started)


async def _fetch(consumer: AIOKafkaConsumer, topic: str) -> set[int]:
    await consumer._client.set_topics([topic])
    return consumer.partitions_for_topic(topic) or set()


async def _build(made: Instance, folder: Path) -> tuple[float, int]:
    """Events a second while the projector works, without its start; and how many there were."""
    [port] = ephemeral(1)
    environment = rig.environment_of(made, "projector") | {
        "ONEWINDOW_VIEW": str(folder),
        "ONEWINDOW_OPS_PORT": str(port),
    }
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, "-m", "gateway", "projector"], cwd=CHECKOUT, env=environment, stdout=quiet, stderr=quiet
    )
    try:
        rig.pin(process.pid, {0})
        await rig.until_open(port)
        async with httpx.AsyncClient(timeout=10) as client:
            progress: list[tuple[float, float]] = []

            async def caught_up() -> bool:
                found = await metrics.read(client, made, port)
                if applied := found["onewindow_projector_applied_total"]:
                    progress.append((time.perf_counter(), applied))
                return len(progress) > 1 and found["onewindow_projector_lag_records"] == 0

            await eventually(caught_up, within=600, every=0.05)
            (started, first), (ended, last) = progress[0], progress[-1]
            if last == first:
                raise RuntimeError("too few events to see a rate: take more --people")
            return (last - first) / (ended - started), int(last)
    finally:
        process.terminate()
        process.wait(20)


def _digest(made: Instance, folder: Path) -> Digest:
    import lmdb

    path = stores.current(folder)
    assert path is not None
    env = lmdb.open(str(path), max_dbs=32, readonly=True, lock=False)
    try:
        return digest(Store(env, path), ViewSealer(Keyring.load(made.keys / "gateway.json")))
    finally:
        env.close()
