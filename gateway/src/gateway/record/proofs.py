"""The proof that an entry is in the record, with everything that a citizen needs to check it without us."""

from __future__ import annotations

from typing import Final, NamedTuple

import asyncpg
from onewindow_kit.problems import Unavailable

from gateway.record.sealing import Kept
from gateway.record.store import read_tiles
from gateway.record.tree import hash_of, inclusion, leaf_hash, tiles_of

PATIENCE: Final = "5 seconds"
PROVING: Final = f"""
with newest as (select * from checkpoint where size > $1 order by size desc limit 1),
cosigned as (
    select * from checkpoint where size > $1 and cosignatures <> '' order by size desc limit 1
)
select size, note, cosignatures from (
    select *, 1 as rank from cosigned where at > (select at from newest) - interval '{PATIENCE}'
    union all select *, 2 as rank from newest
) as either order by rank limit 1
"""
"""The newest checkpoint of more than $1 leaves (-1: any) that a witness has cosigned; where none was for a while the newest
of all, so that a witness that refuses shows outside."""


class Proof(NamedTuple):
    """``hashes`` is the inclusion proof (RFC 6962, 2.1.1) of the leaf ``index`` in the tree that ``checkpoint`` signs."""

    index: int
    size: int
    leaf: bytes
    kept: Kept
    hashes: list[bytes]
    checkpoint: str


async def proven(connection: asyncpg.Connection, index: int, kept: Kept) -> Proof:
    """Unavailable until a checkpoint covers the entry, which takes moments."""
    row = await connection.fetchrow(PROVING, index)
    if row is None or row["size"] <= index:
        raise Unavailable("The entry is not signed yet.", retry_after=1)
    ranges = inclusion(index, row["size"])
    tiles = await read_tiles(connection, tiles_of(ranges))
    try:
        hashes = [hash_of(each, tiles.__getitem__) for each in ranges]
    except (KeyError, ValueError) as error:
        raise Unavailable("The record is damaged: this entry can't be proven.") from error
    checkpoint = row["note"] + row["cosignatures"]
    return Proof(index, row["size"], leaf_hash(kept.salt + kept.entry), kept, hashes, checkpoint)
