"""What a credential reached, out of a record of a million entries: in a real PostgreSQL, from the first query to signed bytes."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
from gateway.record.incident.finding import Finding, find
from gateway.record.incident.report import report, written
from gateway.record.sealing import RecordSealer
from gateway.recorder import tables
from gateway.view import store as stores
from gateway.view.layout import place
from gateway.view.links import Holder, write_holder
from gateway.view.people import People
from gateway.view.seal import ViewSealer
from onewindow_contracts import loader
from onewindow_kit.keyring import Keyring, provision
from onewindow_local.engines.ports import ephemeral
from onewindow_local.engines.postgres import Postgres
from onewindow_local.incident import signing

from tests.bench.report import Figure
from tests.bench.rig import say

FROM = datetime(2026, 11, 24, tzinfo=UTC)
LEAKED = "demo.social-aid"
TYPES = ("identity.person", "housing.title", "transport.vehicle", "identity.household-registration")


async def run(entries: int, people: int) -> list[Figure]:
    """A record of ``entries`` about ``people``: all by one credential (the worst case), then one in a hundred."""
    async with _postgres() as url:
        with tempfile.TemporaryDirectory(prefix="ow-bench-keys-") as folder:
            return await _measured(url, Path(folder), entries, people)


async def _measured(url: str, folder: Path, entries: int, people: int) -> list[Figure]:
    keys = folder / "keys"
    keyring = _keyring(keys)
    say(f"a view of {people:,} people")
    person = _linked(folder / "view", keyring, people)
    connection = await asyncpg.connect(url)
    try:
        await tables.migrate(connection)
        say(f"a record of {entries:,} entries")
        await _fill(connection, RecordSealer(keyring), entries, people)
        counting = await _timed_count(connection)
        figures = [Figure("counting the entries, nothing else", counting, "s")]
        for name, credential in (("all by one client", LEAKED), ("one officer of a hundred", "clerk-7")):
            say(name)
            began, busy = time.perf_counter(), time.process_time()
            found = await _find(connection, keyring, credential, person)
            content = _written(found, credential)
            signing.sign(keys, content)
            took, busy = time.perf_counter() - began, time.process_time() - busy
            looks = _exact(found, entries, people) if credential == LEAKED else _looks(found)
            figures += [
                Figure(f"{name}: signed report", took, "s", "counting", took / counting, "under 10 s"),
                Figure(f"{name}: of it our own computing", busy, "s"),
                Figure(f"{name}: looks", float(looks), "entries"),
                Figure(f"{name}: citizens", float(len(found.people)), "people"),
                Figure(f"{name}: report", len(content) / 1e6, "MB"),
            ]
        return figures
    finally:
        await connection.close()


async def _find(
    connection: asyncpg.Connection, keyring: Keyring, credential: str, person: Callable[[str], str]
) -> Finding:
    until = FROM + timedelta(days=2)
    sealer = RecordSealer(keyring)
    return await find(connection, sealer, credential, FROM, until, today=date(2026, 11, 24), person=person)


def _written(found: Finding, credential: str) -> bytes:
    until = FROM + timedelta(days=2)
    said: dict[str, Any] = {"identity": "incident-bench", "instance": "demo", "credential": credential}
    return written(
        report(found, since=FROM, until=until, made_at=datetime.now(UTC), whole=lambda _kind: ("name",), **said)
    )


def _looks(found: Finding) -> int:
    return sum(each.count for touched in found.people.values() for each in touched.looks)


def _exact(found: Finding, entries: int, people: int) -> int:
    if _looks(found) != entries or len(found.people) != people:
        raise RuntimeError(f"the report is not exact: {_looks(found)} looks at {len(found.people)} people")
    return entries


async def _fill(connection: asyncpg.Connection, sealer: RecordSealer, entries: int, people: int) -> None:
    """As the recorder lays them down: twelve shapes, a hundred officers of one office with a token each, sealed entries."""
    subjects = [sealer.new_subject(name) for number in range(people) for name in _names(number)]
    await connection.copy_records_to_table("subject", records=subjects, columns=("blind", "pseudonym", "key"))
    shapes = [
        (secrets.token_bytes(16), "look", "answered", "within-purpose", LEAKED, f"p-{n % 3}", "law", "gateway.read")
        for n in range(12)
    ]
    statement = "insert into shape (digest, kind, outcome, reason, organisation, purpose, legal_basis, operation, records, withheld)"
    for number, shape in enumerate(shapes):
        records = f'{{"{TYPES[number % 4]}": ["name", "f{number}"]}}'
        await connection.execute(f"{statement} values ($1,$2,$3,$4,$5,$6,$7,$8,$9,'{{}}')", *shape, records)
    officers = [(secrets.token_bytes(16), LEAKED, f"clerk-{n}", f"token-{n}", f"key-{n}") for n in range(100)]
    columns = ("digest", "client", "actor", "token", "key")
    await connection.copy_records_to_table("credential", records=officers, columns=columns)
    sealed = os.urandom(700)
    step = timedelta(days=1) / entries
    rows = (
        (n, f"{n:022d}", FROM + n * step, 1 + n % (2 * people), 1 + n * 7919 % 100, 1 + n // people % 12, sealed)
        for n in range(entries)
    )
    columns = ("index", "id", "at", "subject", "credential", "shape", "sealed")
    await connection.copy_records_to_table("entry", records=rows, columns=columns)
    await connection.execute(
        "insert into head (origin, verifier_key, next_offset, size) values ('o', 'k', 0, $1)", entries
    )
    await connection.execute("analyze")


async def _timed_count(connection: asyncpg.Connection) -> float:
    began = time.perf_counter()
    await connection.fetchval("select count(*) from entry where at >= $1", FROM)
    return time.perf_counter() - began


def _keyring(folder: Path) -> Keyring:
    contracts = loader.load()
    provision(folder, [], contracts.authorities.values(), ["gateway", "access"], "demo")
    return Keyring.load(folder / "gateway.json")


@asynccontextmanager
async def _postgres() -> AsyncIterator[str]:
    """A server of its own; thrown away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="ow-bench-"))
    server = Postgres(folder / "postgres", ephemeral(1)[0])
    try:
        await server.start()
        yield server.url
    finally:
        await server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _linked(folder: Path, keyring: Keyring, people: int) -> Callable[[str], str]:
    """A view store that knows everybody by two pseudonyms; gives the gateway's one of any, as the gateway finds it."""
    sealer, store = ViewSealer(keyring), stores.create(folder)
    with store.env.begin(write=True) as transaction:
        for number in range(people):
            holder = write_holder(Holder((1, "2026-01-01T00:00:00.000Z"), f"urn:{number}", _names(number)[0]))
            for name in _names(number):
                key = sealer.subject(name)
                value = sealer.seal(place("pseudonyms", key), holder)
                transaction.put(key, value, db=store.databases["pseudonyms"])
    known = People(sealer)

    def current(pseudonym: str) -> str:
        held = known.holder(store, pseudonym)
        return held.person if held is not None else pseudonym

    return current


def _names(number: int) -> tuple[str, str]:
    """What a person is called in the gateway and in housing."""
    return f"gateway.1.g{number:021d}", f"housing.1.h{number:021d}"
