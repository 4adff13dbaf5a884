"""The tree is that of RFC 6962 and RFC 9162: Certificate Transparency's known-good vectors, and each of them spoiled."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from onewindow_witness import merkle, prove
from onewindow_witness.merkle import ProofInvalid, check_consistency, check_inclusion, leaf_hash, root_of

from . import log_writer
from .vectors import CONSISTENCY, EMPTY, INCLUSION, LEAVES, ROOTS

HASHES = [leaf_hash(each) for each in LEAVES]
STRANGE = bytes.fromhex("abacaba000000000000000000000000000000000000000000060061e00123456")


def test_roots_are_the_known_ones() -> None:
    assert root_of([]) == EMPTY
    assert [root_of(HASHES[:n]) for n in range(1, 9)] == ROOTS


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_known_inclusion_proofs_hold_and_none_of_their_corruptions(index: int, size: int) -> None:
    path, root = [bytes.fromhex(each) for each in INCLUSION[index, size]], ROOTS[size - 1]
    check_inclusion(HASHES[index], index, size, path, root)
    assert prove.inclusion(HASHES[:size], index) == path
    for spoiled in corruptions(path, root):
        refuses(check_inclusion, HASHES[index], index, size, spoiled, root)
    for place in {index - 1, index + 1, index ^ 2, size} - {index}:
        refuses(check_inclusion, HASHES[index], place, size, path, root)
    refuses(check_inclusion, HASHES[index], index, size, path, STRANGE)
    refuses(check_inclusion, STRANGE, index, size, path, root)
    if path:
        refuses(check_inclusion, HASHES[index], index, size * 2, path, root)
        refuses(check_inclusion, HASHES[index], index, size // 2, path, root)


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_known_consistency_proofs_hold_and_none_of_their_corruptions(old: int, new: int) -> None:
    path, first, second = [bytes.fromhex(each) for each in CONSISTENCY[old, new]], ROOTS[old - 1], ROOTS[new - 1]
    check_consistency(old, new, path, first, second)
    assert prove.consistency(HASHES[:new], old) == path
    for spoiled in corruptions(path, first):
        refuses(check_consistency, old, new, spoiled, first, second)
    refuses(check_consistency, old, new, path, STRANGE, second)
    refuses(check_consistency, old, new, path, first, STRANGE)
    if old < new:
        refuses(check_consistency, old, new, path, second, first)
        refuses(check_consistency, new, old, path, first, second)
        for size in {old - 1, old + 1, old ^ 2} - {old, 0}:
            refuses(check_consistency, size, new, path, first, second)
        for size in (new * 2, new // 2):
            refuses(check_consistency, old, size, path, first, second)


@pytest.mark.parametrize(
    ("old", "new", "first", "second", "proof"),
    [
        (0, 0, EMPTY, STRANGE, []),
        (1, 1, EMPTY, STRANGE, []),
        (1, 0, STRANGE, STRANGE, []),
        (1, 2, STRANGE, STRANGE, []),
        (0, 1, EMPTY, STRANGE, [EMPTY]),
        (0, 1, STRANGE, STRANGE, []),
        (1, 1, EMPTY, EMPTY, [EMPTY]),
    ],
)
def test_consistency_of_nothing_is_not_consistency_with_anything(
    old: int, new: int, first: bytes, second: bytes, proof: list[bytes]
) -> None:
    refuses(check_consistency, old, new, proof, first, second)


@given(st.data())
def test_every_proof_of_the_independent_writer_holds(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 300))
    leaves = log_writer.entries(size)
    root = log_writer.mth(leaves)
    assert root_of(leaves) == root
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    path = log_writer.path(index, leaves)
    check_inclusion(leaves[index], index, size, path, root)
    between = log_writer.proof(old, leaves)
    check_consistency(old, size, between, log_writer.mth(leaves[:old]), root)
    assert (prove.inclusion(leaves, index), prove.consistency(leaves, old)) == (path, between)
    if between:
        at = data.draw(st.integers(0, len(between) - 1))
        spoiled = [*between[:at], flipped(between[at], data.draw(st.integers(0, 255))), *between[at + 1 :]]
        refuses(check_consistency, old, size, spoiled, log_writer.mth(leaves[:old]), root)


@given(st.integers(2, 200), st.data())
def test_no_proof_shows_an_altered_past(size: int, data: st.DataObject) -> None:
    """Whatever a log that changed one of its first `old` leaves says, by its own honest proofs: it does not continue."""
    old = data.draw(st.integers(1, size))
    at = data.draw(st.integers(0, old - 1))
    before = log_writer.entries(size)
    after = [*before[:at], STRANGE, *before[at + 1 :]]
    proof = log_writer.proof(old, after)
    refuses(check_consistency, old, size, proof, log_writer.mth(before[:old]), log_writer.mth(after))


def test_a_verifier_without_the_domain_bytes_fails_the_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: nodes hashed like leaves would let a forged entry stand for a whole subtree."""
    monkeypatch.setattr(merkle, "node_hash", lambda left, right: leaf_hash(left + right))
    assert root_of(HASHES) != ROOTS[7]


def test_a_verifier_that_forgets_the_old_root_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: a consistency check that looks at the new root only accepts a rewritten past."""
    leaves = log_writer.entries(6)
    rewritten = [STRANGE, *leaves[1:]]
    old = log_writer.mth(leaves[:4])

    def careless(old: int, new: int, proof: list[bytes], old_root: bytes, new_root: bytes) -> None:
        del old_root
        check_consistency(old, new, proof, log_writer.mth(rewritten[:old]), new_root)

    careless(4, 6, log_writer.proof(4, rewritten), old, log_writer.mth(rewritten))
    refuses(check_consistency, 4, 6, log_writer.proof(4, rewritten), old, log_writer.mth(rewritten))


def refuses(check: Callable[..., None], *arguments: object) -> None:
    with pytest.raises(ProofInvalid):
        check(*arguments)


def corruptions(path: Sequence[bytes], root: bytes) -> list[list[bytes]]:
    found = [[*path, b""], [*path, root], [b"", *path], [root, *path]]
    found += [[*path[:at], flipped(path[at], 3), *path[at + 1 :]] for at in range(len(path))]
    if path:
        found += [list(path[:-1]), list(path[1:]), [path[0], STRANGE, *path[1:]]]
    return found


def flipped(digest: bytes, bit: int) -> bytes:
    return bytes(each ^ (1 << bit % 8 if at == bit // 8 else 0) for at, each in enumerate(digest))
