"""The one transaction that makes the record grow: entries, tiles, chains and the next offset, on a locked head row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, NamedTuple

import asyncpg
import structlog
from onewindow_kit.access import Batch

from gateway.record.notes import Checkpoint, Signer
from gateway.record.sealing import RecordSealer
from gateway.record.store import read_tiles
from gateway.record.tree import Place, hash_of, leaf_hash, tiles_of
from gateway.recorder import numbers
from gateway.recorder.chain import Broken, Chains, Link
from gateway.recorder.growth import Growth, edge_of
from gateway.recorder.parsing import Parsed, parse

_COLUMNS: Final = ("index", "id", "at", "subject", "credential", "shape", "discloses_on", "sealed")
_TILES: Final = """
insert into tile (level, index, hashes) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])
on conflict (level, index) do update set hashes = excluded.hashes
"""
_WRITERS: Final = """
insert into writer (id, number, digest) select * from unnest($1::text[], $2::bigint[], $3::bytea[])
on conflict (id) do update set number = excluded.number, digest = excluded.digest, at = now()
"""
_CHECKPOINT: Final = "insert into checkpoint (size, root, note) values ($1, $2, $3) on conflict (size) do nothing"

log = structlog.get_logger(__name__)
Delays = Callable[[str | None], date | None]
"""The day until which looks for a purpose are not disclosed; None for all others."""


class Taken(NamedTuple):
    """A batch that may be merged. ``following`` is the offset after it, ``arrived`` its time in Kafka (s)."""

    following: int
    arrived: float
    entries: Sequence[Parsed]


class Record:
    """The record at one moment, and what its writer remembers of it. Throw it away after any exception and ``open`` anew."""

    def __init__(self, connection: asyncpg.Connection, sealer: RecordSealer, signer: Signer) -> None:
        self._connection, self._sealer, self._signer = connection, sealer, signer
        self._shapes, self._credentials = numbers.shapes(), numbers.credentials()
        self._subjects = numbers.Subjects(sealer)
        self.next_offset = 0
        self._growth = Growth(0, dict[Place, bytes]().__getitem__)
        self._chains = Chains({})

    @classmethod
    async def open(cls, connection: asyncpg.Connection, sealer: RecordSealer, signer: Signer) -> Record:
        """As it is stored; Broken when it does not lead to the checkpoint that was signed last."""
        record = cls(connection, sealer, signer)
        await connection.execute(
            "insert into head (origin, verifier_key, next_offset, size) values ($1, $2, 0, 0) on conflict (one)"
            " do update set verifier_key = excluded.verifier_key",
            signer.name,
            signer.verifier_key,
        )
        origin, record.next_offset, size = await connection.fetchrow("select origin, next_offset, size from head")
        if origin != signer.name:
            raise Broken("record-foreign", f"the record is that of {origin}, not of {signer.name}")
        try:
            record._growth = Growth(size, (await read_tiles(connection, edge_of(size))).__getitem__)
        except (KeyError, ValueError) as error:
            raise Broken("record-changed", "a tile at the edge of the tree is missing or cut") from error
        stored = await connection.fetch("select id, number, digest from writer")
        record._chains = Chains({row["id"]: Link(row["number"], row["digest"]) for row in stored})
        await record._compare()
        await record.sign()
        return record

    @property
    def size(self) -> int:
        return self._growth.size

    def take(self, offset: int, arrived: float, batch: Batch) -> Taken:
        """Let the batch at ``offset`` into its writer's chain; Broken if it is not the next one, or holds what can't be
        read. What was taken must be merged, in order."""
        entries = [parse(salt, entry) for salt, entry in batch.entries]
        self._chains.take(batch)
        return Taken(offset + 1, arrived, entries)

    async def merge(self, batches: Sequence[Taken], delays: Delays) -> None:
        """Store batches, which lie one after the other from ``next_offset``, then the checkpoint that covers them."""
        entries = [entry for batch in batches for entry in batch.entries]
        async with self._connection.transaction():
            head = await self._connection.fetchrow("select next_offset, size from head for update")
            if head is None or tuple(head) != (self.next_offset, self.size):
                raise Broken("record-moved", "another recorder has written since this one looked")
            await self._store(entries, delays)
            await self._write_tiles(self._growth.append([leaf_hash(entry.salted) for entry in entries]))
            taken, self._chains.taken = self._chains.taken, {}
            if taken:
                links = list(taken.values())
                columns = ([link.number for link in links], [link.digest for link in links])
                await self._connection.execute(_WRITERS, list(taken), *columns)
            following = batches[-1].following
            await self._connection.execute("update head set next_offset = $1, size = $2", following, self.size)
        self.next_offset = following
        await self.sign()

    async def sign(self) -> None:
        """Sign what was committed, and store the checkpoint before anybody is served it."""
        checkpoint = Checkpoint(self._signer.name, self.size, self._growth.root())
        await self._connection.execute(_CHECKPOINT, self.size, checkpoint.root, self._signer.sign(checkpoint))

    async def _store(self, entries: Sequence[Parsed], delays: Delays) -> None:
        connection, sealer, first = self._connection, self._sealer, self.size
        shapes = await self._shapes.number(connection, {entry.shape for entry in entries})
        credentials = await self._credentials.number(connection, {entry.credential for entry in entries})
        people = {entry.subject for entry in entries if entry.subject is not None}
        subjects = await self._subjects.number(connection, people) if people else {}
        rows = []
        for index, entry in enumerate(entries, first):
            subject, cipher = (None, None) if entry.subject is None else subjects[entry.subject]
            rows.append(
                (
                    index,
                    entry.id,
                    entry.at,
                    subject,
                    credentials[entry.credential],
                    shapes[entry.shape],
                    delays(entry.shape.purpose),
                    sealer.seal(cipher, index, entry.salted),
                )
            )
        await connection.copy_records_to_table("entry", records=rows, columns=_COLUMNS)

    async def _write_tiles(self, tiles: dict[Place, bytes]) -> None:
        levels, indexes = [level for level, _ in tiles], [index for _, index in tiles]
        await self._connection.execute(_TILES, levels, indexes, list(tiles.values()))

    async def _compare(self) -> None:
        """The tree must still begin with the one whose root was signed last, whoever may have touched the database."""
        last = await self._connection.fetchrow("select size, root from checkpoint order by size desc limit 1")
        if last is None:
            return
        signed, root = last
        if signed > self.size:
            raise Broken("record-shrunk", f"{signed} leaves were signed, {self.size} are there")
        tiles = await read_tiles(self._connection, tiles_of([(0, signed)]))
        try:
            found = hash_of((0, signed), tiles.__getitem__)
        except (KeyError, ValueError):
            found = b""
        if found != root:
            raise Broken("record-changed", f"the first {signed} leaves are not those that were signed")
