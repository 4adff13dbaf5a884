"""The right edge of the tree: leaves appended, tiles that they fill or lengthen, the root. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gateway.record.tree import EMPTY_ROOT, HASH, HEIGHT, WIDTH, Place, fold, hash_of


def edge_of(size: int) -> list[Place]:
    """The tiles at the right edge of a tree of ``size`` that aren't full: one a level, lowest first."""
    return [
        (level, size >> HEIGHT * (level + 1))
        for level in range(max(1, -(-size.bit_length() // HEIGHT)))
        if (size >> HEIGHT * level) % WIDTH
    ]


class Growth:
    """A tree of ``size`` leaves. ``tile`` gives the stored hashes of a place of ``edge_of(size)``."""

    def __init__(self, size: int, tile: Callable[[Place], bytes]) -> None:
        self.size = size
        self._edge: list[bytearray] = []
        for level, index in edge_of(size):
            while len(self._edge) <= level:
                self._edge.append(bytearray())
            width = (size >> HEIGHT * level) % WIDTH
            self._edge[level][:] = tile((level, index))[: width * HASH]
            if len(self._edge[level]) != width * HASH:
                raise ValueError(f"tile {level}/{index} is too short")

    def append(self, leaves: Iterable[bytes]) -> dict[Place, bytes]:
        """The tiles that are other than before, whole."""
        changed: dict[Place, bytes] = {}
        touched: set[int] = set()
        for leaf in leaves:
            self.size += 1
            level, value = 0, leaf
            while True:
                if level == len(self._edge):
                    self._edge.append(bytearray())
                edge = self._edge[level]
                edge += value
                touched.add(level)
                if len(edge) < WIDTH * HASH:
                    break
                full = bytes(edge)
                changed[level, (self.size >> HEIGHT * (level + 1)) - 1] = full
                edge.clear()
                level, value = level + 1, fold(full)
        for level in touched:
            if self._edge[level]:
                changed[level, self.size >> HEIGHT * (level + 1)] = bytes(self._edge[level])
        return changed

    def root(self) -> bytes:
        """The root over all leaves; the tiles of the edge alone make it."""
        if self.size == 0:
            return EMPTY_ROOT
        return hash_of((0, self.size), lambda place: self._padded(place))

    def _padded(self, place: Place) -> bytes:
        return bytes(self._edge[place[0]])
