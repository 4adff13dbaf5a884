"""Merkle trees of RFC 6962 section 2.1 (RFC 9162 section 2.1): hashes, and proofs as whoever doubts them checks them.

Hashes are 32 bytes of SHA-256; leaves are numbered from 0; a tree of `size` leaves has the leaves 0 … size - 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""


class ProofInvalid(Exception):
    """A proof does not show what it should show; the text says where it fails."""


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that only grows at its right edge: the roots of its perfect subtrees, the largest first.

    Holds as many hashes as its size has binary ones, so a log of any length passes through it.
    """

    def __init__(self) -> None:
        self.size = 0
        self._roots: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add the leaf with this hash."""
        carry = leaf
        rest = self.size
        while rest & 1:
            carry = node_hash(self._roots.pop(), carry)
            rest >>= 1
        self._roots.append(carry)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """The tree's root hash as it is now."""
        if not self._roots:
            return EMPTY
        found = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            found = node_hash(left, found)
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes."""
    tree = Frontier()
    tree.extend(leaves)
    return tree.root()


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """That the leaf with this hash stands at `index` of the tree of `size` leaves with this root.

    Raises ProofInvalid. RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        raise ProofInvalid(f"leaf {index} is not one of a tree of {size}")
    node, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofInvalid("the inclusion proof is too long")
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise ProofInvalid("the inclusion proof is too short")
    if found != root:
        raise ProofInvalid("the inclusion proof leads to another root")


def check_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """That the tree of `new` leaves continues the one of `old`: nothing that was in it changed, moved or went.

    Raises ProofInvalid. RFC 9162, 2.1.4.2; the empty tree is continued by every tree, by an empty proof.
    """
    if not 0 <= old <= new:
        raise ProofInvalid(f"a tree of {new} leaves cannot continue one of {old}")
    if old in (0, new):
        if proof:
            raise ProofInvalid("the consistency proof should be empty")
        if old_root != (new_root if old == new else EMPTY):
            raise ProofInvalid("two roots for one size")
        return
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)  # a perfect tree stands in the new one as it was
    if not path:
        raise ProofInvalid("the consistency proof is too short")
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofInvalid("the consistency proof is too long")
        if node & 1 or node == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise ProofInvalid("the consistency proof is too short")
    if before != old_root:
        raise ProofInvalid("the consistency proof leads to another old root")
    if after != new_root:
        raise ProofInvalid("the consistency proof leads to another new root")
