"""Whether every leaf still has its entry, and the entry hashes to it: what the public tree alone can't show.

A leaf without an entry is lawful when the retention has removed it, and an entry that nobody can open when its person was
erased. Everything else is missing or altered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from onewindow_kit.sealing import Tampered

from gateway.record.sealing import RecordSealer
from gateway.record.tree import HASH, WIDTH, leaf_hash

MOST: Final = 1000
"""Places listed at most of each fault."""
_ROWS: Final = """
select entry.index, entry.subject, entry.discloses_on, entry.sealed, subject.blind, subject.key,
    erasure.subject is not null as erased
from entry left join subject on subject.number = entry.subject left join erasure on erasure.subject = entry.subject
where entry.index >= $1 and entry.index < $2
"""


@dataclass
class Findings:
    """``held`` entries hash to their leaves; the lists hold indexes of leaves."""

    size: int
    held: int = 0
    gone_lawfully: int = 0
    erased: int = 0
    missing: list[int] = field(default_factory=list)
    altered: list[int] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.missing and not self.altered


async def check(connection: asyncpg.Connection, sealer: RecordSealer, cutoff: date) -> Findings:
    """Over the whole record, in one snapshot. Entries from before the day ``cutoff`` may be gone."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        size = await connection.fetchval("select size from head") or 0
        expired = await connection.fetchval("select max(until) from expiry where before <= $1", cutoff) or 0
        found, ciphers = Findings(size), dict[int, AESGCM]()
        for first in range(0, size, WIDTH):
            end = min(first + WIDTH, size)
            hashes = await connection.fetchval("select hashes from tile where level = 0 and index = $1", first // WIDTH)
            rows = {row["index"]: row for row in await connection.fetch(_ROWS, first, end)}
            for index in range(first, end):
                at = (index - first) * HASH
                leaf = (hashes or b"")[at : at + HASH]
                row = rows.get(index)
                if row is None:
                    if index < expired:
                        found.gone_lawfully += 1
                    else:
                        found.missing.append(index)
                elif row["erased"] and row["key"] is None:
                    found.erased += 1
                elif _hashes(sealer, ciphers, row) == leaf:
                    found.held += 1
                else:
                    found.altered.append(index)
            del found.missing[MOST:], found.altered[MOST:]
    return found


def _hashes(sealer: RecordSealer, ciphers: dict[int, AESGCM], row: asyncpg.Record) -> bytes | None:
    """The leaf that the stored entry makes; None when it does not open."""
    try:
        cipher = None
        if (number := row["subject"]) is not None:
            if row["key"] is None:
                return None
            cipher = ciphers.get(number)
            if cipher is None:
                cipher = ciphers[number] = sealer.subject_cipher(row["blind"], row["key"])
        kept = sealer.open(cipher, row["index"], row["sealed"])
    except Tampered:
        return None
    return leaf_hash(kept.salt + kept.entry)
