"""The Merkle tree of RFC 6962 (section 2.1) over leaf hashes that lie in tiles (C2SP tlog-tiles): hashing, roots, proofs.

Pure: a proof first says which ranges of leaves its hashes cover, then which tiles those need; whoever has fetched the tiles
folds them. A range is half-open, ``(first, end)``; it begins at a multiple of the size of the subtree that it fills.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Final

HASH: Final = 32
HEIGHT: Final = 8
"""Levels of the tree in one tile."""
WIDTH: Final = 1 << HEIGHT
EMPTY_ROOT: Final = sha256().digest()

Range = tuple[int, int]
Place = tuple[int, int]
"""A tile's level and index."""
Tiles = Callable[[Place], bytes]
"""The hashes of a tile, at least as many as the tree has there."""


def leaf_hash(salted: bytes) -> bytes:
    """Of the salt followed by the entry's stored bytes."""
    return sha256(b"\0" + salted).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def fold(hashes: bytes) -> bytes:
    """The root over a power of two of concatenated hashes."""
    while len(hashes) > HASH:
        pair = 2 * HASH
        hashes = b"".join([sha256(b"\1" + hashes[at : at + pair]).digest() for at in range(0, len(hashes), pair)])
    return hashes


def inclusion(index: int, size: int) -> list[Range]:
    """The ranges whose hashes prove that the leaf ``index`` is in the tree of ``size`` (RFC 6962, 2.1.1), nearest first.

    ValueError unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    found: list[Range] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first = middle
    return found[::-1]


def consistency(old: int, new: int) -> list[Range]:
    """The ranges whose hashes prove that the tree of ``old`` is the beginning of that of ``new`` (RFC 6962, 2.1.2).

    Empty where nothing needs proof (nothing before, or the same size). ValueError unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} has none of {old} before it")
    if old in (0, new):
        return []
    found: list[Range] = []
    first, end, whole = 0, new, True
    while old != end:
        middle = first + _split(end - first)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first, whole = middle, False
    if not whole:
        found.append((first, end))
    return found[::-1]


def tiles_of(ranges: Iterable[Range]) -> set[Place]:
    """The tiles that the hashes of these ranges are made of."""
    return {_tile(level, index) for each in ranges for level, index in _subtrees(each)}


def hash_of(leaves: Range, tiles: Tiles) -> bytes:
    """The root over a range of leaves; of no leaves that of the empty tree."""
    result: bytes | None = None
    for level, index in reversed(list(_subtrees(leaves))):
        place, height = _tile(level, index), level % HEIGHT
        at = (index << height) % WIDTH * HASH
        part = tiles(place)[at : at + (HASH << height)]
        if len(part) != HASH << height:
            raise ValueError(f"tile {place} is too short")
        result = fold(part) if result is None else node_hash(fold(part), result)
    return EMPTY_ROOT if result is None else result


def root_from(index: int, size: int, leaf: bytes, proof: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to (RFC 9162, 2.1.3.2); ValueError for one of the wrong length."""
    ranges = inclusion(index, size)
    if len(ranges) != len(proof):
        raise ValueError("the proof has another length")
    for (first, _), sibling in zip(ranges, proof, strict=True):
        leaf = node_hash(leaf, sibling) if first > index else node_hash(sibling, leaf)
    return leaf


def _split(count: int) -> int:
    """The largest power of two smaller than ``count``."""
    return 1 << (count - 1).bit_length() - 1


def _subtrees(leaves: Range) -> Iterator[tuple[int, int]]:
    """Level and index of the full subtrees that make up a range, left to right."""
    first, end = leaves
    while first < end:
        level = (end - first).bit_length() - 1
        yield level, first >> level
        first += 1 << level


def _tile(level: int, index: int) -> Place:
    return level // HEIGHT, (index << level % HEIGHT) >> HEIGHT
