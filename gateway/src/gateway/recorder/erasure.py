"""Erasing a person from the record: their row goes and with it the only key to the entries about them. The leaves stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import asyncpg

from gateway.record.sealing import RecordSealer

_ERASE: Final = """
with gone as (delete from subject where blind = any($1::bytea[]) returning number)
insert into erasure (subject) select number from gone
"""


async def erase(connection: asyncpg.Connection, sealer: RecordSealer, pseudonyms: Iterable[str]) -> int:
    """Forget whoever these pseudonyms name; how many rows went. Name all of a person's: each has a key of its own."""
    done = await connection.execute(_ERASE, [sealer.blind(each) for each in pseudonyms])
    return int(done.rpartition(" ")[2])
