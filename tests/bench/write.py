"""A command through HTTP with its outbox row, beside the same rows inserted raw."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
import statistics
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import asyncpg
from onewindow_kit.dpop.bound import Bound
from onewindow_local.demo.city import City
from onewindow_local.demo.flats import owner, registration

from tests.bench import rig
from tests.bench.load import drive
from tests.bench.report import Figure

CONNECTIONS = 8
TABLES = ("title", "holding", "record", "outbox", "idempotency")
# What must differ from row to row; everything else is inserted as the command wrote it.
UNIQUE = ("urn", "title", "unit_code", "key", "certificate_number")


async def run(seconds: float, rounds: int) -> list[Figure]:
    """Registrations of titles by ``CONNECTIONS`` clients, in turn with the same rows by as many connections."""
    with rig.instance(10) as made:
        city = City(made)
        owning = await owner(city, await city.adult("例写"))
        registry = await city.registry()
        office = await asyncio.to_thread(city.issuer.office, "demo.title-registry", purpose="title-registry.register")
        await registry.do("/v1/titles", registration(owning))
        url = rig.environment_of(made, "housing")["ONEWINDOW_DATABASE"].replace("+asyncpg", "")
        rows = await _last_rows(url)
        rig.measured_alone(made, "housing")
        commands, raws, slowest = [], [], []
        for number in range(rounds):
            rig.say(f"round {number + 1} of {rounds}")
            raws.append(await _insert_raw(url, rows, seconds))
            load = await drive(
                made.api_port("housing"),
                _requests(office, made.url("housing"), owning),
                seconds=seconds,
                connections=CONNECTIONS,
            )
            if set(load.statuses) != {201}:
                raise RuntimeError(f"not every command was done: {dict(load.statuses)}")
            commands.append(load.rate)
            slowest.append(load.percentile(0.99) * 1000)
    command, raw = statistics.median(commands), statistics.median(raws)
    return [
        Figure("the same rows inserted raw", raw, "/s"),
        Figure("command through HTTP with outbox", command, "/s", "raw inserts", command / raw, "0.4"),
        Figure("command, 99th percentile", statistics.median(slowest), "ms"),
    ]


def _requests(office: Bound, base: str, owning: dict[str, Any]) -> Iterator[bytes]:
    """Each with a proof of its own, made by the core that drives the load."""
    start = secrets.randbelow(10**7)
    for number in itertools.count(start):
        body = registration(owning) | {"unit_code": f"330106001001GB{number % 10**5:05}F{number % 10**8:08}"}
        content = json.dumps(body).encode()
        proven = "".join(f"{name}: {text}\r\n" for name, text in office.headers("POST", f"{base}/v1/titles").items())
        head = (
            f"POST /v1/titles HTTP/1.1\r\nHost: 127.0.0.1\r\n{proven}"
            f"Idempotency-Key: bench-{number:012}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        yield head.encode() + content


async def _last_rows(url: str) -> dict[str, dict[str, Any]]:
    """The newest row of each table that the command wrote."""
    connection = await asyncpg.connect(url)
    try:
        urn = await connection.fetchval("select urn from record where topic = 'housing.title.v1' limit 1")
        where = {"title": "urn = $1", "holding": "title = $1", "record": "urn = $1", "outbox": "urn = $1"}
        rows = {}
        for table in TABLES:
            condition = where.get(table)
            query = f"select * from {table}" + (f" where {condition}" if condition else "") + " limit 1"
            row = dict(await connection.fetchrow(query, *([urn] if condition else [])))
            row.pop("id", None)
            rows[table] = row
        return rows
    finally:
        await connection.close()


async def _insert_raw(url: str, rows: dict[str, dict[str, Any]], seconds: float) -> float:
    """Transactions a second, each with a row in every table."""
    end = time.perf_counter() + seconds
    counts = await asyncio.gather(*(_insert_until(url, rows, end) for _ in range(CONNECTIONS)))
    return sum(counts) / seconds


async def _insert_until(url: str, rows: dict[str, dict[str, Any]], end: float) -> int:
    connection = await asyncpg.connect(url)
    try:
        done = 0
        statements = {table: _insert(table, row) for table, row in rows.items()}
        while time.perf_counter() < end:
            mark = secrets.token_hex(11)
            async with connection.transaction():
                for table, row in rows.items():
                    await connection.execute(statements[table], *_values(row, mark))
            done += 1
        return done
    finally:
        await connection.close()


def _insert(table: str, row: dict[str, Any]) -> str:
    columns = ", ".join(f'"{name}"' for name in row)
    places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    return f'insert into "{table}" ({columns}) values ({places})'


def _values(row: dict[str, Any], mark: str) -> list[Any]:
    # Already published, so that the relay leaves them alone.
    changed = {name: f"raw-{mark}" for name in UNIQUE if name in row}
    if "published_at" in row:
        changed["published_at"] = datetime.now().astimezone()
    return list((row | changed).values())
