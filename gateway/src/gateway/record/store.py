"""Statements that writer, readers and checkers of the record share."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import asyncpg

from gateway.record.tree import Place

_TILES: Final = """
select level, index, hashes from tile
join unnest($1::smallint[], $2::bigint[]) as wanted (level, index) using (level, index)
"""


async def read_tiles(connection: asyncpg.Connection | asyncpg.Pool, places: Collection[Place]) -> dict[Place, bytes]:
    """Those of ``places`` that are there, each with all hashes that it has by now."""
    if not places:
        return {}
    levels, indexes = [level for level, _ in places], [index for _, index in places]
    found = await connection.fetch(_TILES, levels, indexes)
    return {(row["level"], row["index"]): row["hashes"] for row in found}
