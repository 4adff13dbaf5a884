"""What is in Kafka is in the record once and in order, whatever is killed; what must not come in stops it aloud."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import httpx
import orjson
import pytest
from aiokafka import AIOKafkaProducer
from gateway.record.notes import opened as opened_note
from gateway.record.sealing import RecordSealer
from gateway.record.store import read_tiles
from gateway.record.tree import hash_of, tiles_of
from gateway.recorder.check import Findings, check
from gateway.recorder.erasure import erase
from gateway.recorder.retention import cutoff, expire
from onewindow_contracts import loader
from onewindow_kit import clock
from onewindow_kit.access import TOPIC
from onewindow_kit.access.batch import framed
from onewindow_kit.access.chain import Chain
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import eventually, free_port, kafka_address

from .library import Log, seen


async def size_of(log: Log) -> int:
    connection = await log.connect()
    try:
        if await connection.fetchval("select to_regclass('head')") is None:
            return 0
        return await connection.fetchval("select size from head") or 0
    finally:
        await connection.close()


async def checked(log: Log) -> Findings:
    connection = await log.connect()
    try:
        return await check(connection, RecordSealer(log.keyring()), clock.today().replace(year=2000))
    finally:
        await connection.close()


async def test_entries_are_stored_in_the_order_of_the_log_and_nothing_about_people_in_clear(log: Log) -> None:
    person = str(Pseudonym.new("gateway"))
    ids = [await log.look(person, case="BDC2026-000117") for _ in range(5)]
    ids.append(await log.look(None, outcome="not-found", reason="person-not-found"))
    code, said = await log.record()
    assert code == 0, said
    connection = await log.connect()
    rows = await connection.fetch("select * from entry order by index")
    assert [row["id"] for row in rows] == ids
    assert [row["index"] for row in rows] == list(range(6))
    assert await connection.fetchval("select count(*) from subject") == 1
    for table in ("entry", "subject", "credential", "shape", "checkpoint", "writer"):
        dump = repr(await connection.fetch(f"select * from {table}"))
        assert person.encode().hex() not in dump and person not in dump and "BDC2026-000117" not in dump
    sealer = RecordSealer(log.keyring("gateway"))
    who = await connection.fetchrow("select * from subject")
    assert sealer.subject_pseudonym(who["blind"], who["pseudonym"]) == person
    kept = sealer.open(sealer.subject_cipher(who["blind"], who["key"]), 0, rows[0]["sealed"])
    assert orjson.loads(kept.entry)["case"] == "BDC2026-000117"
    await connection.close()


async def test_killed_again_and_again_it_loses_nothing_and_stores_nothing_twice(log: Log) -> None:
    people = [str(Pseudonym.new("gateway")) for _ in range(40)]
    written: list[str] = []
    done = asyncio.Event()

    async def look() -> None:
        while not done.is_set():
            written.append(await log.look(*random.sample(people, 5)))
            await asyncio.sleep(0)

    looking = asyncio.create_task(look())
    for _ in range(4):
        before = await size_of(log)
        recorder = await log.start()
        await eventually(lambda before=before: _grew(log, before), within=60, every=random.uniform(0.005, 0.05))
        recorder.kill()
        await recorder.communicate()
    done.set()
    await looking
    code, said = await log.record()
    assert code == 0, said
    connection = await log.connect()
    stored = await connection.fetch("select id from entry order by index")
    assert len(stored) == len({row["id"] for row in stored}) == 5 * len(written)
    assert [row["id"] for row in stored][::5] == written
    key = await connection.fetchval("select verifier_key from head")
    for row in await connection.fetch("select size, root, note from checkpoint where size > 0"):
        tiles = await read_tiles(connection, tiles_of([(0, row["size"])]))
        assert hash_of((0, row["size"]), tiles.__getitem__) == row["root"]
        assert opened_note(row["note"], key).root == row["root"]
    await connection.close()
    found = await checked(log)
    assert found.sound and found.held == 5 * len(written)


async def _grew(log: Log, before: int) -> bool:
    return await size_of(log) > before


async def _send(log: Log, batches: Sequence[tuple[list[tuple[str, bytes]], bytes]]) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=kafka_address(), acks="all")
    await producer.start()
    for headers, value in batches:
        await producer.send_and_wait(log.prefix + TOPIC, value, partition=0, headers=headers)
    await producer.stop()


def _frames(*subjects: str) -> list[bytes]:
    entries = [b'{"id":"%b","at":"2026-03-03T02:15:00.000Z","correlation":"c",' % (b"a" * 22) for _ in subjects]
    tails = [seen().tail("demo", subject) for subject in subjects]
    return [framed(b"s" * 16, entry + tail) for entry, tail in zip(entries, tails, strict=True)]


Batches = list[tuple[list[tuple[str, bytes]], bytes]]


def _missing(good: Batches) -> Batches:
    return [good[0], good[2]]


def _repeated(good: Batches) -> Batches:
    return [good[0], good[0]]


def _renumbered(good: Batches) -> Batches:
    headers = [(name, b"1" if name == "ow-number" else value) for name, value in good[2][0]]
    return [good[0], (headers, good[2][1])]


def _altered(good: Batches) -> Batches:
    value = bytearray(good[1][1])
    value[-1] ^= 1
    return [good[0], (good[1][0], bytes(value))]


def _stranger(good: Batches) -> Batches:
    return [good[0], ([("content-type", b"text/plain")], b"hello")]


@pytest.mark.parametrize(
    ("defect", "reason"),
    [
        (_missing, "batch-missing"),
        (_repeated, "batch-repeated"),
        (_renumbered, "seal-broken"),
        (_altered, "seal-broken"),
        (_stranger, "header-missing"),
    ],
)
async def test_a_bad_batch_stops_the_record_and_is_named(log: Log, defect: Any, reason: str) -> None:
    chain = Chain(Sealer(log.keyring("housing")))
    await _send(log, defect([chain.next(_frames("housing.1.x")) for _ in range(3)]))
    await log.look(str(Pseudonym.new("gateway")))
    code, said = await log.record()
    assert code == 1
    assert f'"{reason}"' in said and "offset 1" in said
    assert await size_of(log) == 1, "what came before stands, nothing behind the bad batch does"


async def test_it_is_never_skipped_and_says_so_to_operators_until_it_is_mended(log: Log) -> None:
    chain = Chain(Sealer(log.keyring("housing")))
    await _send(log, [chain.next([framed(b"s" * 16, b'{"id":"a"}')])])
    port = free_port()
    recorder = await log.start(ONEWINDOW_OPS_PORT=str(port))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as ops:

        async def stopped() -> bool:
            try:
                ready, metrics = await ops.get("/readyz"), await ops.get("/metrics")
            except httpx.HTTPError:
                return False
            named = 'onewindow_record_stopped{reason="entry-malformed"} 1.0' in metrics.text
            return named and ready.status_code == 503 and ready.json()["checks"]["record"] is False

        await eventually(stopped, within=60)
    assert recorder.returncode is None and await size_of(log) == 0
    recorder.terminate()
    _, said = await recorder.communicate()
    assert '"the record takes no more entries"' in said.decode()


async def test_a_record_that_was_changed_behind_its_back_does_not_go_on(log: Log) -> None:
    for _ in range(3):
        await log.look(str(Pseudonym.new("gateway")))
    assert (await log.record())[0] == 0
    connection = await log.connect()
    hashes = await connection.fetchval("select hashes from tile")
    await connection.execute("update tile set hashes = $1", bytes(32) + hashes[32:])
    assert '"record-changed"' in (await log.record())[1]
    await connection.execute("update tile set hashes = $1", hashes)
    assert (await log.record())[0] == 0
    await connection.execute("update head set size = 2")
    assert '"record-shrunk"' in (await log.record())[1]
    await connection.execute("update head set size = 3, origin = 'onewindow/other/access'")
    assert '"record-foreign"' in (await log.record())[1]
    await connection.close()


async def test_of_two_recorders_only_one_writes(log: Log) -> None:
    first, second = await log.start(), await log.start()
    for _ in range(200):
        await log.look(str(Pseudonym.new("gateway")))
    await eventually(lambda: _grew(log, 199), within=60)
    for each in (first, second):
        each.kill()
        await each.communicate()
    found = await checked(log)
    assert found.sound and found.held == found.size == 200


async def test_check_finds_what_was_deleted_changed_or_moved(log: Log) -> None:
    person, other = str(Pseudonym.new("gateway")), str(Pseudonym.new("gateway"))
    for each in (person, person, other, None, person, person):
        await log.look(each)
    assert (await log.record())[0] == 0
    connection = await log.connect()
    assert (await checked(log)).held == 6
    await connection.execute("delete from entry where index = 0")
    await connection.execute("update entry set sealed = (select sealed from entry where index = 4) where index = 1")
    await connection.execute("update entry set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where index = 3")
    await connection.execute("delete from subject where number = (select subject from entry where index = 2)")
    found = await checked(log)
    assert (found.missing, found.altered, found.held) == ([0], [1, 2, 3], 2)
    await connection.close()


async def test_erasing_a_person_destroys_the_key_and_leaves_the_leaf(log: Log) -> None:
    person, other = str(Pseudonym.new("gateway")), str(Pseudonym.new("gateway"))
    for each in (person, other):
        await log.look(each)
    assert (await log.record())[0] == 0
    connection = await log.connect()
    sealer = RecordSealer(log.keyring())
    before = await connection.fetchval("select hashes from tile")
    assert await erase(connection, sealer, [person]) == 1
    assert await erase(connection, sealer, [person]) == 0
    assert await connection.fetchval("select hashes from tile") == before
    found = await checked(log)
    assert found.sound and (found.erased, found.held) == (1, 1)
    await log.look(person)
    assert (await log.record())[0] == 0
    found = await checked(log)
    assert found.sound and (found.erased, found.held) == (1, 2), "a later look begins anew, with another key"
    await connection.close()


@pytest.mark.rule("record-1", "access.entry-retention-years")
async def test_after_its_term_an_entry_goes_and_its_leaf_stays(log: Log) -> None:
    for _ in range(4):
        await log.look(str(Pseudonym.new("gateway")))
    assert (await log.record())[0] == 0
    connection = await log.connect()
    today = clock.now().astimezone().date()
    before = today.replace(year=2023)
    old, young = f"{before}T00:00:00+08:00", f"{before}T00:00:00.001+08:00"
    for index, moment in enumerate((old, old, young, young)):
        await connection.execute(
            "update entry set at = $1::text::timestamptz - interval '1 microsecond' where index = $2", moment, index
        )
    await connection.execute("update entry set discloses_on = $1 where index = 0", before)
    assert await expire(connection, before, "Asia/Shanghai") == 1
    assert [row["index"] for row in await connection.fetch("select index from entry order by index")] == [0, 2, 3]
    assert await expire(connection, before, "Asia/Shanghai") == 0
    found = await check(connection, RecordSealer(log.keyring()), before)
    assert (found.gone_lawfully, found.held, found.missing) == (1, 3, [])
    early = await check(connection, RecordSealer(log.keyring()), before.replace(year=2022))
    assert early.missing == [1], "what went before its time is missing, whatever the record says of itself"
    assert await expire(connection, before + timedelta(days=1), "Asia/Shanghai") == 3, "the delayed one a day later"
    assert await connection.fetchval("select count(*) from entry") == 0
    await connection.close()
    contracts = loader.load()
    assert cutoff(contracts, date(2024, 2, 29)) == date(2021, 2, 28)
    assert cutoff(contracts, date(2020, 3, 1)) == date(2017, 3, 1), "a day before the first rule goes by that rule"
