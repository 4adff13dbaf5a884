"""Whom and what a credential reached between two moments: one statement over the record, then people by their one name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import asyncpg

from gateway.record.incident.memory import uncollected
from gateway.record.sealing import RecordSealer

SHOWN: Final = ("answered", "not-modified")
"""Outcomes by which data may have been seen; a 304 says that what was seen before still holds."""
_PIECE: Final = 50_000
_CREDENTIALS: Final = """
select number, client, actor, token, key from credential where
    case when $2::text is null then $1 in (client, actor, token, key) else actor = $1 and client = $2 end
"""
_TOUCHED: Final = """
with touched as (
    select subject, shape, (discloses_on > $4) is true as delayed, count(*) as looks, min(at) as first, max(at) as last
    from entry where credential = any($1) and at >= $2 and at <= $3 group by 1, 2, 3
)
select touched.*, blind, pseudonym from touched left join subject on number = touched.subject
"""
_SHAPES: Final = """
select number, kind, outcome, reason, organisation, purpose, legal_basis, operation, records::text, withheld::text
from shape where number = any($1) order by number
"""
_HEAD: Final = """
select (select size from head) as size, (select max(at) from entry) as reaches,
    (select note from checkpoint order by size desc limit 1) as checkpoint
"""


class CredentialUnknown(LookupError):
    """No entry was made with it, as client, officer, token or key."""


class Looks(NamedTuple):
    """Equal looks at one person: ``shape`` is the number of what was seen, ``delayed``: not disclosed to them yet."""

    shape: int
    delayed: bool
    count: int
    first: datetime
    last: datetime


@dataclass(slots=True)
class Finding:
    """``people`` by gateway pseudonym; ``nobody`` are looks that found nobody; ``erased`` looks at people erased since,
    by their number in the record. ``size``, ``reaches`` and ``checkpoint`` say how far the record went when it was read."""

    matched: list[dict[str, Any]]
    shapes: dict[int, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, list[Looks]] = field(default_factory=dict)
    erased: dict[int, list[Looks]] = field(default_factory=dict)
    nobody: list[Looks] = field(default_factory=list)
    size: int = 0
    reaches: datetime | None = None
    checkpoint: str | None = None


async def find(
    connection: asyncpg.Connection,
    sealer: RecordSealer,
    credential: str,
    since: datetime,
    until: datetime,
    *,
    today: date,
    person: Callable[[str], str],
) -> Finding:
    """Everything between ``since`` and ``until``, both included; CredentialUnknown.

    ``credential`` is a client id, an officer, a token's id or a key's thumbprint; ``<client id>/<officer>`` is the officer of
    one organisation only. ``person`` gives the one gateway pseudonym of whoever an entry names. One snapshot of the record.
    """
    client, _, officer = credential.rpartition("/")
    with uncollected():
        return await _find(connection, sealer, officer, client or None, since, until, today, person)


async def _find(
    connection: asyncpg.Connection,
    sealer: RecordSealer,
    officer: str,
    client: str | None,
    since: datetime,
    until: datetime,
    today: date,
    person: Callable[[str], str],
) -> Finding:
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.execute("set local work_mem = '256MB'")
        found = await connection.fetch(_CREDENTIALS, officer, client)
        if not found:
            raise CredentialUnknown(officer)
        finding = Finding([dict(row) for row in found])
        finding.size, finding.reaches, finding.checkpoint = await connection.fetchrow(_HEAD)
        names: dict[int, str] = {}
        numbers = [row["number"] for row in found]
        cursor = await connection.cursor(_TOUCHED, numbers, since, until, today)
        while rows := await cursor.fetch(_PIECE):
            for subject, shape, delayed, count, first, last, blind, pseudonym in rows:
                looks = Looks(shape, delayed, count, first, last)
                if subject is None:
                    finding.nobody.append(looks)
                elif blind is None:
                    finding.erased.setdefault(subject, []).append(looks)
                else:
                    name = names.get(subject)
                    if name is None:
                        name = names[subject] = person(sealer.subject_pseudonym(blind, pseudonym))
                    finding.people.setdefault(name, []).append(looks)
        seen = {each.shape for each in _all(finding)}
        for row in await connection.fetch(_SHAPES, list(seen)):
            values = dict(row)
            values["records"], values["withheld"] = json.loads(values["records"]), json.loads(values["withheld"])
            finding.shapes[values.pop("number")] = values
    return finding


def _all(finding: Finding) -> list[Looks]:
    groups = [finding.nobody, *finding.erased.values(), *finding.people.values()]
    return [each for group in groups for each in group]
