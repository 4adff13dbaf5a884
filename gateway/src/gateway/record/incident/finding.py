"""Whom and what a credential reached between two moments: one statement over the record, then people by their one name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
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
), people as (
    select subject, array_agg(shape * 2 + delayed::int) as shapes, array_agg(looks) as looks,
        min(first) filter (where shape = any($5)) as first, max(last) filter (where shape = any($5)) as last
    from touched group by 1
)
select subject, shapes, looks, first, last, blind, pseudonym from people left join subject on number = subject
"""
_SHOWING: Final = "select number from shape where outcome = any($1)"
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


@dataclass(slots=True)
class Touched:
    """All looks at one person, and the times of the first and the last that showed something (None: none did)."""

    looks: list[Looks]
    first: datetime | None
    last: datetime | None

    def join(self, other: Touched) -> None:
        """Take up looks at the same person under another name."""
        self.looks += other.looks
        self.first = min((each for each in (self.first, other.first) if each is not None), default=None)
        self.last = max((each for each in (self.last, other.last) if each is not None), default=None)


@dataclass(slots=True)
class Finding:
    """``people`` by gateway pseudonym; ``nobody`` are looks that found nobody; ``erased`` looks at people erased since,
    by their number in the record. ``size``, ``reaches`` and ``checkpoint`` say how far the record went when it was read."""

    matched: list[dict[str, Any]]
    shapes: dict[int, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, Touched] = field(default_factory=dict)
    erased: dict[int, Touched] = field(default_factory=dict)
    nobody: list[Looks] = field(default_factory=list)
    size: int = 0
    reaches: datetime | None = None
    checkpoint: str | None = None

    def all(self) -> Iterator[Looks]:
        """Of everybody and nobody."""
        yield from self.nobody
        for touched in (*self.erased.values(), *self.people.values()):
            yield from touched.looks


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
        showing = [row["number"] for row in await connection.fetch(_SHOWING, SHOWN)]
        numbers = [row["number"] for row in found]
        cursor = await connection.cursor(_TOUCHED, numbers, since, until, today, showing)
        while rows := await cursor.fetch(_PIECE):
            for subject, shapes, counts, first, last, blind, pseudonym in rows:
                looks = [Looks(shape >> 1, shape & 1 == 1, n) for shape, n in zip(shapes, counts, strict=True)]
                if subject is None:
                    finding.nobody += looks
                    continue
                touched = Touched(looks, first, last)
                if blind is None:
                    finding.erased[subject] = touched
                    continue
                name = person(sealer.subject_pseudonym(blind, pseudonym))
                if (known := finding.people.setdefault(name, touched)) is not touched:
                    known.join(touched)
        seen = {each.shape for each in finding.all()}
        for row in await connection.fetch(_SHAPES, list(seen)):
            values = dict(row)
            values["records"], values["withheld"] = json.loads(values["records"]), json.loads(values["withheld"])
            finding.shapes[values.pop("number")] = values
    return finding
