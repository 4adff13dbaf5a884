"""What a tile is called in a URL (C2SP tlog-tiles): ``<level>/<index>``, and ``.p/<width>`` of one that is not full yet.

An index is written in groups of three digits, all but the last marked by ``x``: 1234067 is ``x001/x234/067``.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from gateway.record.tree import WIDTH

PATTERN: Final = r"^(0|[1-9]|[1-5][0-9]|6[0-3])/(x[0-9]{3}/){0,6}[0-9]{3}(\.p/[1-9][0-9]{0,2})?$"
_PATH: Final = re.compile(PATTERN)


class Tile(NamedTuple):
    """``width`` is how many hashes are asked for."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def full(self) -> bool:
        return self.width == WIDTH


def read(path: str) -> Tile | None:
    """The tile that a path names; None for a path that names none, in another than the shortest way too."""
    if not _PATH.fullmatch(path):
        return None
    name, _, width = path.partition(".p/")
    level, _, digits = name.partition("/")
    tile = Tile(int(level), int(digits.replace("x", "").replace("/", "")), int(width or WIDTH))
    return tile if written(tile) == path else None


def written(tile: Tile) -> str:
    """The path of a tile; no partial tile has the full width."""
    digits = str(tile.index)
    digits = digits.zfill((len(digits) + 2) // 3 * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = f"{tile.level}/" + "".join(f"x{group}/" for group in groups[:-1]) + groups[-1]
    return name if tile.full else f"{name}.p/{tile.width}"
