"""Reading the record, by a role that may only select: a person's entries, one entry with its proof, checkpoints, tiles.

Whoever asks for entries names the person by all pseudonyms that the link store knows. What is not yet disclosed is never
touched: its rows lie in an index of their own, of which only days that have come are read.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, Final, NamedTuple, Self

import asyncpg
import orjson
import structlog
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import Unavailable

from gateway.record.proofs import PROVING, Proof, proven
from gateway.record.sealing import Kept, RecordSealer
from gateway.record.tiles import Tile
from gateway.record.tree import HASH

_COLUMNS: Final = "entry.index, entry.at, entry.subject, entry.discloses_on, entry.sealed"
_MATCHES: Final = """
    and ($4::text is null or shape.organisation = $4) and ($5::text is null or shape.purpose = $5)
    and ($6::text is null or shape.kind = $6)
"""
_PAGE: Final = f"""
select found.* from unnest($1::bigint[]) as mine (number) cross join lateral (
    (select {_COLUMNS} from entry join shape on shape.number = entry.shape
        where entry.subject = mine.number and discloses_on is null and entry.index < $3 {_MATCHES}
        order by entry.index desc limit $7)
    union all
    (select {_COLUMNS} from entry join shape on shape.number = entry.shape
        where entry.subject = mine.number and discloses_on <= $2 and entry.index < $3 {_MATCHES}
        order by entry.index desc limit $7)
) as found order by found.index desc limit $7
"""
_MONTHS: Final = f"""
select to_char(at at time zone $3, 'YYYY-MM') as month, count(*) as count from (
    select entry.at from entry join shape on shape.number = entry.shape
        where entry.subject = any($1::bigint[]) and discloses_on is null {_MATCHES}
    union all
    select entry.at from entry join shape on shape.number = entry.shape
        where entry.subject = any($1::bigint[]) and discloses_on <= $2 {_MATCHES}
) as found group by 1 order by 1 desc
"""
_ONE: Final = f"""
select {_COLUMNS} from entry
where id = $2 and subject = any($1::bigint[]) and (discloses_on is null or discloses_on <= $3)
"""
_DELAYED: Final = """
select shape.purpose, count(*) as entries, count(*) filter (where discloses_on > $1) as undisclosed
from entry join shape on shape.number = entry.shape where discloses_on is not null group by 1
"""
_AWAY: Final = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
END: Final = (1 << 63) - 1

log = structlog.get_logger(__name__)


class Filter(NamedTuple):
    """Which entries: of one organisation, for one purpose, of one kind; None is any."""

    organisation: str | None = None
    purpose: str | None = None
    kind: str | None = None


class Stored(NamedTuple):
    """One entry. ``kept`` are its bytes and its salt, ``said`` what the bytes say."""

    index: int
    discloses_on: date | None
    kept: Kept
    said: dict[str, Any]


class Record:
    """``async with Record(settings.record, keyring, …)``. Unavailable when the record can't be read, or none is named.

    ``today``: the legal day, which decides what is disclosed.
    """

    def __init__(self, url: str | None, keyring: Keyring, today: Callable[[], date]) -> None:
        self._url, self._keyring, self._today = url, keyring, today
        self._pool: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()
        self._sealed: RecordSealer | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None

    async def page(
        self, pseudonyms: Sequence[str], wanted: Filter, before: int | None, limit: int
    ) -> tuple[list[Stored], int | None]:
        """The newest entries about the person before index ``before``, and where the next page begins, if there is one."""
        async with self._reading() as pool:
            ciphers = await self._subjects(pool, pseudonyms)
            start = END if before is None else before
            rows = await pool.fetch(_PAGE, list(ciphers), self._today(), start, *wanted, limit + 1)
        found = [self._stored(row, ciphers) for row in rows[:limit]]
        return found, found[-1].index if len(rows) > limit else None

    async def months(self, pseudonyms: Sequence[str], wanted: Filter, time_zone: str) -> list[tuple[str, int]]:
        """How many entries each month has that has any, the newest first."""
        async with self._reading() as pool:
            numbers = list(await self._subjects(pool, pseudonyms))
            rows = await pool.fetch(_MONTHS, numbers, self._today(), time_zone, *wanted)
        return [(row["month"], row["count"]) for row in rows]

    async def one(self, pseudonyms: Sequence[str], entry_id: str) -> Stored | None:
        """The entry of this id; None when there is none about this person that is disclosed."""
        async with self._reading() as pool:
            ciphers = await self._subjects(pool, pseudonyms)
            row = await pool.fetchrow(_ONE, list(ciphers), entry_id, self._today())
        return None if row is None else self._stored(row, ciphers)

    async def entry_of(self, pseudonyms: Sequence[str], entry_id: str) -> dict[str, Any] | None:
        """What the entry of this id says; None as ``one``."""
        found = await self.one(pseudonyms, entry_id)
        return None if found is None else found.said

    async def proof(self, entry: Stored) -> Proof:
        """That the entry is in the tree; Unavailable until a checkpoint covers it."""
        async with self._reading() as pool, pool.acquire() as connection:
            return await proven(connection, entry.index, entry.kept)

    async def checkpoint(self) -> str:
        """The newest checkpoint that a witness has cosigned; the newest of all where none was for a while."""
        async with self._reading() as pool:
            row = await pool.fetchrow(PROVING, -1)
        if row is None:
            raise Unavailable("Nothing has been signed yet.", retry_after=1)
        return row["note"] + row["cosignatures"]

    async def verifier_key(self) -> str:
        """The line by which checkpoints are verified, as the recorder stored it."""
        async with self._reading() as pool:
            key = await pool.fetchval("select verifier_key from head")
        if key is None:
            raise Unavailable("Nothing has been signed yet.", retry_after=1)
        return f"{key}\n"

    async def tile(self, tile: Tile) -> bytes | None:
        """Its hashes; None when the tree has not that many there."""
        async with self._reading() as pool:
            hashes = await pool.fetchval(
                "select hashes from tile where level = $1 and index = $2", tile.level, tile.index
            )
        wanted = tile.width * HASH
        return None if hashes is None or len(hashes) < wanted else hashes[:wanted]

    async def delayed(self) -> dict[str, tuple[int, int]]:
        """By purpose: how many looks were not disclosed at once, and how many of them still are not."""
        async with self._reading() as pool:
            rows = await pool.fetch(_DELAYED, self._today())
        return {row["purpose"]: (row["entries"], row["undisclosed"]) for row in rows}

    async def _subjects(self, pool: asyncpg.Pool, pseudonyms: Sequence[str]) -> dict[int, AESGCM]:
        sealer = self._sealer
        blinds = [sealer.blind(each) for each in pseudonyms]
        rows = await pool.fetch("select number, blind, key from subject where blind = any($1::bytea[])", blinds)
        return {row["number"]: sealer.subject_cipher(row["blind"], row["key"]) for row in rows}

    def _stored(self, row: asyncpg.Record, ciphers: dict[int, AESGCM]) -> Stored:
        kept = self._sealer.open(ciphers[row["subject"]], row["index"], row["sealed"])
        return Stored(row["index"], row["discloses_on"], kept, orjson.loads(kept.entry))

    @property
    def _sealer(self) -> RecordSealer:
        if self._sealed is None:
            self._sealed = RecordSealer(self._keyring)
        return self._sealed

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[asyncpg.Pool]:
        if self._url is None:
            raise Unavailable("This gateway was not told where the record is.")
        try:
            yield self._pool or await self._open(self._url)
        except _AWAY as error:
            log.warning("the record can't be read", error=type(error).__name__)
            raise Unavailable("The access record does not answer.", retry_after=1) from error

    async def _open(self, url: str) -> asyncpg.Pool:
        """At the first reader, not at the start: a gateway without a record serves everything else."""
        async with self._opening:
            if self._pool is None:
                address = url.replace("+asyncpg", "")
                self._pool = await asyncpg.create_pool(address, min_size=0, max_size=5, timeout=3, command_timeout=5)
            return self._pool
