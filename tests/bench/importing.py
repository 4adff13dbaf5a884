"""A file of titles into the registry and on into the view, beside copying the same rows into bare tables."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import asyncpg
from onewindow_local.instance import CHECKOUT
from onewindow_local.sample.city import City

from tests.bench import metrics, rig
from tests.bench.report import Figure

TABLES = ("title", "holding", "record", "outbox")
PEOPLE = 10_000


async def run(rows: int) -> list[Figure]:
    """``rows`` titles of ``PEOPLE`` owners."""
    with rig.instance(PEOPLE) as made:
        file = made.folder / "sample" / "bench-titles.jsonl"
        with file.open("w") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in _titles(rows))
        environment = rig.environment_of(made, "housing")
        url = environment["ONEWINDOW_DATABASE"].replace("+asyncpg", "")
        before = await _count(url)
        rig.say(f"importing {rows:,} titles")
        started = time.perf_counter()
        command = [sys.executable, "-m", "housing", "import", str(file), "--type", "title"]
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=CHECKOUT,
            env=environment,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        status = await process.wait()
        stored_at = time.perf_counter()
        if status or await _count(url) != before + rows:
            raise RuntimeError(f"the import ended with {status} and stored {await _count(url) - before} of {rows} rows")
        visible_at = await metrics.until_caught_up(made, "housing")
        rig.say("copying the same rows")
        copied = await _copy(url, rows)
    stored = rows / (stored_at - started)
    return [
        Figure("the same rows copied into bare tables", copied, "rows/s"),
        Figure("import, stored", stored, "rows/s", "bare copy", stored / copied, "20,000/s"),
        Figure("import, visible in the view", rows / (visible_at - started), "rows/s", goal="12,000/s"),
    ]


def _titles(rows: int) -> Iterator[dict[str, Any]]:
    owners = [
        person
        for resident in City().residents(PEOPLE)
        for person in resident.household.persons()
        if person.number and person.living and person.standing == "registered"
    ]
    for number in range(rows):
        owner = owners[number % len(owners)]
        yield {
            "unit_code": f"330106009009GB{number % 100_000:05}F{number:08}",
            "address": f"基准路{number}号",
            "area_m2": "89.50",
            "use": "10",
            "owner_numbers": owner.number,
            "owner_names": owner.name,
            "registered_on": "2020-05-06",
            "certificate_number": f"浙(2020)基准第{number:08}号",
        }


async def _count(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval("select count(*) from title")
    finally:
        await connection.close()


async def _copy(url: str, rows: int) -> float:
    """The newest rows of each table copied into a table of the same form, indexes included, in one transaction."""
    connection = await asyncpg.connect(url)
    try:
        kept: dict[str, tuple[list[str], list[Any]]] = {}
        for table in TABLES:
            columns = [
                each["column_name"]
                for each in await connection.fetch(
                    "select column_name from information_schema.columns where table_name = $1 order by ordinal_position",
                    table,
                )
            ]
            kept[table] = columns, [tuple(r) for r in await connection.fetch(f'select * from "{table}" limit {rows}')]
            await connection.execute(f'create table "bench_{table}" (like "{table}" including indexes)')
        started = time.perf_counter()
        async with connection.transaction():
            for table, (columns, content) in kept.items():
                await connection.copy_records_to_table(f"bench_{table}", records=content, columns=columns)
        return rows / (time.perf_counter() - started)
    finally:
        await connection.close()
