"""The tree in tiles gives what RFC 6962 defines by recursion, whatever its size; and checkpoints are what C2SP says."""

from __future__ import annotations

from hashlib import sha256

import pytest
from gateway.record import tiles
from gateway.record.notes import Checkpoint, Signer, opened
from gateway.record.tree import (
    EMPTY_ROOT,
    HASH,
    Place,
    consistency,
    hash_of,
    inclusion,
    leaf_hash,
    node_hash,
    root_from,
    tiles_of,
)
from gateway.recorder.growth import Growth
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import OKPKey
from onewindow_kit.testing.sequences import thorough

LEAVES = [leaf_hash(b"%d" % number) for number in range(70_000)]
SIZES = st.one_of(st.integers(1, 600), st.sampled_from([255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 69_999]))


def mth(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(mth(leaves[:split]), mth(leaves[split:]))


def grown(*sizes: int) -> tuple[Growth, dict[Place, bytes]]:
    """A tree that grew in these steps, and its tiles."""
    stored: dict[Place, bytes] = {}
    tree = Growth(0, stored.__getitem__)
    for size in sizes:
        stored |= tree.append(LEAVES[tree.size : size])
        tree = Growth(size, stored.__getitem__)  # as after a restart
    return tree, stored


def test_an_empty_tree_has_the_root_of_nothing() -> None:
    assert (
        grown(0)[0].root()
        == EMPTY_ROOT
        == bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    )


@thorough(20)
@given(st.lists(SIZES, min_size=1, max_size=4))
def test_the_root_does_not_depend_on_how_the_tree_grew(sizes: list[int]) -> None:
    tree, _ = grown(*sorted(sizes))
    assert tree.root() == mth(LEAVES[: max(sizes)])


@thorough(20)
@given(SIZES, st.data())
def test_every_leaf_is_proven_in_every_tree_that_has_it_and_no_other_leaf_is(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    _, stored = grown(min(70_000, size + data.draw(st.integers(0, 300))))
    ranges = inclusion(index, size)
    assert tiles_of(ranges) <= stored.keys()
    proof = [hash_of(each, stored.__getitem__) for each in ranges]
    root = mth(LEAVES[:size])
    assert root_from(index, size, LEAVES[index], proof) == root
    assert root_from(index, size, leaf_hash(b"another"), proof) != root
    with pytest.raises(ValueError):
        root_from(index, size, LEAVES[index], [*proof, bytes(HASH)])


@thorough(20)
@given(SIZES, SIZES)
def test_consistency_proofs_are_those_of_the_rfc(one: int, other: int) -> None:
    old, new = sorted((one, other))
    _, stored = grown(new)
    proof = [hash_of(each, stored.__getitem__) for each in consistency(old, new)]
    assert verifies(old, mth(LEAVES[:old]), new, mth(LEAVES[:new]), proof)
    assert not verifies(old, leaf_hash(b"fork"), new, mth(LEAVES[:new]), proof) or old == new


def verifies(old: int, old_root: bytes, new: int, new_root: bytes, proof: list[bytes]) -> bool:
    """RFC 9162, 2.1.4.2, word for word."""
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == old_root and sr == new_root and sn == 0


@pytest.mark.parametrize(
    ("path", "tile"),
    [
        ("0/000", tiles.Tile(0, 0)),
        ("0/x001/x234/067", tiles.Tile(0, 1_234_067)),
        ("2/015.p/7", tiles.Tile(2, 15, 7)),
        ("0/001.p/255", tiles.Tile(0, 1, 255)),
    ],
)
def test_a_tile_has_one_path(path: str, tile: tiles.Tile) -> None:
    assert tiles.read(path) == tile
    assert tiles.written(tile) == path


@pytest.mark.parametrize(
    "path",
    ["", "0", "0/1", "0/x000/001", "00/001", "0/001.p/0", "0/001.p/256", "64/000", "0/000/", "-1/000", "0/x1/001"],
)
def test_no_other_path_names_a_tile(path: str) -> None:
    assert tiles.read(path) is None


def test_a_checkpoint_opens_with_its_key_alone() -> None:
    def signer(name: str = "onewindow/demo/access") -> Signer:
        return Signer(name, OKPKey.generate_key("Ed25519").as_dict(private=True))

    ours = signer()
    said = Checkpoint(ours.name, 70_000, mth(LEAVES))
    note = ours.sign(said)
    assert note.startswith("onewindow/demo/access\n70000\n") and "\n\n— onewindow/demo/access " in note
    assert opened(note, ours.verifier_key) == said
    for wrong, key in [
        (note, signer().verifier_key),
        (note.replace("70000", "70001"), ours.verifier_key),
        (note.replace("— ", "- "), ours.verifier_key),
    ]:
        with pytest.raises(ValueError):
            opened(wrong, key)
