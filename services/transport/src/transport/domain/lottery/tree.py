"""Merkle tree of RFC 6962 (2.1): root of a list, and the audit path from one leaf to it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

LEAF, NODE = b"\x00", b"\x01"


def root(leaves: Sequence[bytes]) -> bytes:
    """The tree's head; of an empty list the hash of nothing."""
    return _head([_hash(LEAF + leaf) for leaf in leaves])


def path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Sibling hashes from the leaf at ``index`` up to the root."""
    level, way = [_hash(LEAF + leaf) for leaf in leaves], []
    while len(level) > 1:
        half = _half(len(level))
        if index < half:
            way.append(_head(level[half:]))
            level = level[:half]
        else:
            way.append(_head(level[:half]))
            level, index = level[half:], index - half
    return way[::-1]


def root_from(leaf: bytes, index: int, size: int, way: Sequence[bytes]) -> bytes | None:
    """The root that an audit path leads to; None when the path does not fit the place (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    head, place, last = _hash(LEAF + leaf), index, size - 1
    for sibling in way:
        if last == 0:
            return None
        if place % 2 or place == last:
            head = _hash(NODE + sibling + head)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            head = _hash(NODE + head + sibling)
        place, last = place // 2, last // 2
    return head if last == 0 else None


def _head(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return _hash(b"")
    if len(hashes) == 1:
        return hashes[0]
    half = _half(len(hashes))
    return _hash(NODE + _head(hashes[:half]) + _head(hashes[half:]))


def _half(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
