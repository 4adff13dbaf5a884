"""Access entries from Kafka into the record, beside copying as many rows of the same width into one bare table."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
from aiokafka import AIOKafkaProducer
from gateway.recorder.session import Session, State
from gateway.settings import GatewaySettings
from onewindow_contracts import loader
from onewindow_kit import topics
from onewindow_kit.access import TOPIC, AccessLog, Seen, Writer
from onewindow_kit.access.batch import framed
from onewindow_kit.access.chain import Chain
from onewindow_kit.access.entry import Entries
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import fresh_database
from onewindow_local.engines import ports
from onewindow_local.engines.pair import EnginePair

from tests.bench import rig
from tests.bench.report import Figure

PEOPLE = 20_000
TOKENS = 2_000
IN_A_BATCH = 25
"""Entries of one event-loop turn: about what a worker under load sends."""
PER_SECOND = 1_000


async def run(entries: int, seconds: float) -> list[Figure]:
    """Merge ``entries`` that lie in Kafka; then look at ``PER_SECOND`` for ``seconds``, and see when it was signed."""
    async with _engines() as kafka, fresh_database("bench") as database:
        keys = _keys()
        settings = GatewaySettings(kafka=kafka, record=database, keyring=keys / "access.json")
        await topics.ensure(kafka, [loader.load().topics[TOPIC]])
        sealer = Sealer(Keyring.load(keys / "gateway.json"))
        rig.say(f"writing {entries:,} entries into Kafka")
        await _fill(kafka, sealer, entries)
        rig.say("merging them")
        started = time.perf_counter()
        await Session(settings, State(), asyncio.Event()).run(once=True)
        merged = entries / (time.perf_counter() - started)
        rig.say("copying as many rows")
        copied = await _copy(database, entries)
        rig.say(f"{PER_SECOND:,} looks a second")
        waits = await _signed_after(settings, sealer, seconds)
    return [
        Figure("as many rows copied into one bare table", copied, "rows/s"),
        Figure(
            "merged: sealed, indexed, hashed, signed", merged, "entries/s", "bare copy", merged / copied, "20,000/s"
        ),
        Figure("signed after a look, median", waits[len(waits) // 2], "ms", goal="250 ms"),
        Figure("signed after a look, 99th percentile", waits[len(waits) * 99 // 100], "ms", goal="1,000 ms"),
    ]


@asynccontextmanager
async def _engines() -> AsyncIterator[str]:
    """Engines of our own, Kafka's address; the database's stands in the environment, as for tests."""
    folder = Path(tempfile.mkdtemp(prefix="ow-bench-"))
    postgres, kafka, controller = ports.ephemeral(3)
    pair = EnginePair.at(folder, postgres_port=postgres, kafka_port=kafka, controller_port=controller)
    await pair.start()
    os.environ.update(pair.environment())
    try:
        yield os.environ["ONEWINDOW_TEST_KAFKA"]
    finally:
        await pair.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _keys() -> Path:
    contracts = loader.load()
    folder = Path(tempfile.mkdtemp(prefix="ow-bench-keys-"))
    named = {name for topic in contracts.topics.values() for name in (*topic.producers, *topic.consumers)}
    provision(folder, contracts.topics.values(), contracts.authorities.values(), named, "demo")
    return folder


def _looks(tokens: int) -> list[Seen]:
    """Looks for every purpose of the contracts, by officers with tokens of their own."""
    purposes = [each for each in loader.load().purposes.values() if each.records]
    looks = []
    for number in range(tokens):
        purpose = purposes[number % len(purposes)]
        looks.append(
            Seen(
                kind="look",
                outcome="answered",
                reason="within-purpose",
                operation="gateway.readForPurpose",
                organisation=f"demo.{purpose.holder}",
                client=f"demo.{purpose.holder}",
                actor=f"clerk-{number % 300}",
                token=uuid.uuid4().hex,
                key=uuid.uuid4().hex,
                purpose=purpose.id,
                legal_basis=purpose.legal_basis,
                case=f"2026-{number:06}",
                records={each.topic.rpartition(".")[0]: sorted(each.fields) for each in purpose.records},
            )
        )
    return looks


def _frames(count: int) -> Iterator[bytes]:
    people = [str(Pseudonym.new("gateway")) for _ in range(PEOPLE)]
    looks, entries = _looks(TOKENS), Entries()
    for _ in range(count):
        tail = random.choice(looks).tail("demo", random.choice(people))
        _, entry = entries.make(tail, str(uuid.uuid4()).encode())
        yield framed(entries.random(16), entry)


async def _fill(kafka: str, sealer: Sealer, entries: int) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=kafka, linger_ms=5, max_batch_size=500_000)
    await producer.start()
    chain, frames, sent = Chain(sealer), list[bytes](), []
    for frame in _frames(entries):
        frames.append(frame)
        if len(frames) == IN_A_BATCH:
            headers, value = chain.next(frames)
            sent.append(await producer.send(TOPIC, value, partition=0, headers=headers))
            frames = []
    if frames:
        headers, value = chain.next(frames)
        sent.append(await producer.send(TOPIC, value, partition=0, headers=headers))
    await asyncio.gather(*sent)
    await producer.stop()


async def _copy(database: str, rows: int) -> float:
    connection = await asyncpg.connect(database.replace("+asyncpg", ""))
    columns = "index, id, at, subject, credential, shape, discloses_on, sealed"
    await connection.execute(f"create table bare as select {columns} from entry limit 0")
    made = [tuple(row) for row in await connection.fetch(f"select {columns} from entry limit 2000")]
    started = time.perf_counter()
    for _ in range(0, rows, len(made)):
        await connection.copy_records_to_table("bare", records=made)
    elapsed = time.perf_counter() - started
    await connection.close()
    return rows / elapsed


async def _signed_after(settings: GatewaySettings, sealer: Sealer, seconds: float) -> list[float]:
    """Milliseconds from each look's entry to the stored checkpoint over it, the shortest first."""
    stop = asyncio.Event()
    recording = asyncio.create_task(Session(settings, State(), stop).run())
    look, begun = _looks(1)[0], datetime.now(UTC)
    async with Writer(settings.kafka, sealer) as writer:
        log = AccessLog("demo", writer)
        started, made = time.perf_counter(), 0
        while (elapsed := time.perf_counter() - started) < seconds:
            while made < elapsed * PER_SECOND:
                await log.keep(look, [str(Pseudonym.new("gateway"))])
                made += 1
            await asyncio.sleep(0.001)
    await asyncio.sleep(1)  # a tail of the last entries, signed within it or counted as unsigned
    stop.set()
    await recording
    connection = await asyncpg.connect(settings.record.replace("+asyncpg", "") if settings.record else "")
    rows = await connection.fetch(
        """
        select extract(epoch from min(checkpoint.at) - entry.at) * 1000 as wait
        from entry join checkpoint on checkpoint.size > entry.index and checkpoint.at >= $1
        where entry.at >= $1 group by entry.index, entry.at order by 1
        """,
        begun,
    )
    await connection.close()
    return [float(row["wait"]) for row in rows]
