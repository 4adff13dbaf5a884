"""Proofs made from leaf hashes, by whoever holds the tiles: a log need not be asked for them (RFC 6962, 2.1.1 and 2.1.2)."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow_witness.merkle import root_of


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """From the leaf's sibling upwards, for the tree over exactly these leaf hashes."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"there is no leaf {index} among {len(leaves)}")
    if len(leaves) == 1:
        return []
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:half], leaves[half:]
    if index < half:
        return [*inclusion(left, index), root_of(right)]
    return [*inclusion(right, index - half), root_of(left)]


def consistency(leaves: Sequence[bytes], old: int) -> list[bytes]:
    """That the tree over these leaf hashes continues the one over the first `old` of them."""
    if not 0 <= old <= len(leaves):
        raise IndexError(f"there were no {old} leaves among {len(leaves)}")
    return [] if old in (0, len(leaves)) else _between(leaves, old, whole=True)


def _between(leaves: Sequence[bytes], old: int, *, whole: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [root_of(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:half], leaves[half:]
    if old <= half:
        return [*_between(left, old, whole=whole), root_of(right)]
    return [*_between(right, old - half, whole=False), root_of(left)]
