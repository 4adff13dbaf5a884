"""A verifier reads a whole log and rejects every one that is not what was signed, cosigned or seen before."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from onewindow_witness import commands, verify
from onewindow_witness.cosignature import cosign
from onewindow_witness.note import COSIGNATURE, Note, PublicKey

from .log_writer import Log, entries, leaf, path

SIZE = 256 * 3 + 40
WITNESS = Ed25519PrivateKey.generate()
WITNESS_KEY = PublicKey.of("test/witness", COSIGNATURE, WITNESS)


class Place:
    """A published log, and a verifier with a memory of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.memory = folder / "log", folder / "memory"
        self.log = Log(entries(SIZE))
        self.publish(self.log)

    def publish(self, log: Log, *, witnessed: bool = True) -> None:
        text = Note.parse(log.checkpoint()).text
        log.publish(self.folder, str(cosign(text, "test/witness", WITNESS, 1_700_000_000)) if witnessed else "")

    def verify(self, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict]:
        own = ["--log-key", self.log.key_line, "--witness-key", str(WITNESS_KEY), "--memory", str(self.memory)]
        status = commands.main(["verify", str(self.folder), *own, "--patience", "0", "--json", *more])
        return status, json.loads(capsys.readouterr().out)

    def rejects(self, capsys: pytest.CaptureFixture[str], why: str, *more: str) -> None:
        status, told = self.verify(capsys, *more)
        assert (status, told["outcome"]) == (1, "rejected"), told
        assert why in told["why"], told


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 512, 1000])
def test_an_untouched_log_passes_and_so_does_its_growth(
    place: Place, capsys: pytest.CaptureFixture[str], size: int
) -> None:
    place.publish(Log(entries(size), place.log.key))
    status, told = place.verify(capsys)
    assert (status, told["size"], told["continues"]) == (0, size, [])
    place.publish(Log(entries(1100), place.log.key))
    status, told = place.verify(capsys)
    assert (status, told["size"]) == (0, 1100)
    assert told["continues"] == [f"the checkpoint last verified here ({size:,} entries)"]


def test_level_two_is_read_too(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """65,536 entries fill a tile of the second level."""
    log = Log([leaf(n.to_bytes(4, "big")) for n in range(256 * 256 + 3)], place.log.key)
    place.publish(log)
    assert place.verify(capsys)[0] == 0
    file = place.folder / "tile/2/000.p/1"
    file.write_bytes(bytes(32))
    place.rejects(capsys, "tile 0 of level 2")


@pytest.mark.parametrize("name", ["tile/0/001", "tile/0/003.p/40", "tile/1/000.p/3"])
def test_a_changed_tile_is_rejected(place: Place, capsys: pytest.CaptureFixture[str], name: str) -> None:
    spoiled = bytearray((place.folder / name).read_bytes())
    spoiled[40] ^= 1
    (place.folder / name).write_bytes(spoiled)
    place.rejects(capsys, "tile")


@pytest.mark.parametrize("name", ["tile/0/001", "tile/0/003.p/40", "tile/1/000.p/3"])
def test_a_missing_or_short_tile_is_rejected(place: Place, capsys: pytest.CaptureFixture[str], name: str) -> None:
    whole = (place.folder / name).read_bytes()
    (place.folder / name).write_bytes(whole[:-32])
    place.rejects(capsys, "tile")
    (place.folder / name).unlink()
    place.rejects(capsys, "is gone")


def test_a_full_tile_stands_for_its_partial_one(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    grown = Log([*place.log.leaves, *entries(300, "more")], place.log.key)
    (place.folder / "tile/0/003.p/40").unlink()
    (place.folder / "tile/0/003").write_bytes(b"".join(grown.leaves[768:1024]))
    assert place.verify(capsys)[0] == 0


def test_a_log_that_was_cut_off_is_rejected(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """Back to a checkpoint that was signed and cosigned once: only memory tells."""
    assert place.verify(capsys)[0] == 0
    place.publish(Log(place.log.leaves[:500], place.log.key))
    place.rejects(capsys, f"cut off: it has 500 entries, {SIZE - 500} fewer")
    (kept,) = (place.memory / "evidence").glob("*.json")
    notes = json.loads(kept.read_text())["notes"]
    assert {Note.parse(note).text.split("\n")[1] for note in notes} == {"500", str(SIZE)}


def test_a_fork_is_rejected(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert place.verify(capsys)[0] == 0
    place.publish(Log([*place.log.leaves[:-1], leaf(b"another")], place.log.key))
    place.rejects(capsys, "forked")


@pytest.mark.parametrize("at", [0, 255, 300, SIZE - 1])
def test_a_removed_entry_is_rejected_although_log_and_witness_signed(
    place: Place, capsys: pytest.CaptureFixture[str], at: int
) -> None:
    """Root removes an entry, lets the log grow past its old size, and has both keys: memory still tells."""
    assert place.verify(capsys)[0] == 0
    without = [*place.log.leaves[:at], *place.log.leaves[at + 1 :], *entries(20, "later")]
    place.publish(Log(without, place.log.key))
    place.rejects(capsys, "rewritten")


def test_a_checkpoint_without_its_witness_is_not_taken_as_verified(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.publish(Log(place.log.leaves, place.log.key), witnessed=False)
    status, told = place.verify(capsys)
    assert (status, told["outcome"]) == (3, "unknown")
    assert not list(place.memory.glob("*.checkpoint"))


def test_a_false_signature_or_cosignature_is_rejected(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    other = Log(place.log.leaves)
    (place.folder / "checkpoint").write_text(other.checkpoint())
    place.rejects(capsys, "not signed")
    line = cosign(Note.parse(place.log.checkpoint(5)).text, "test/witness", WITNESS, 1_700_000_000)
    (place.folder / "checkpoint").write_text(place.log.checkpoint(more=str(line)))
    place.rejects(capsys, "false cosignature")


def test_a_log_that_cannot_be_reached_is_neither(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    (place.folder / "checkpoint").unlink()
    status, told = place.verify(capsys)
    assert (status, told["outcome"]) == (3, "unknown")


def test_a_log_that_is_gone_altogether_is_rejected_by_who_saw_it(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert place.verify(capsys)[0] == 0
    (place.folder / "checkpoint").unlink()
    place.rejects(capsys, "is gone")


def test_another_key_under_the_same_name_is_told(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert place.verify(capsys)[0] == 0
    place.log = Log(place.log.leaves)
    place.publish(place.log)
    status, told = place.verify(capsys)
    assert status == 0 and "another key" in told["notes"][0]


def test_a_citizens_proof_holds_a_log_to_its_entry(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry, salt = b'{"id": "abc"}', bytes(16)
    place.log.leaves[77] = leaf(salt + entry)
    place.publish(place.log)
    proof = tmp_path / "mine.json"
    note = (place.folder / "checkpoint").read_text()
    hashes = [base64.b64encode(each).decode() for each in path(77, place.log.leaves)]
    told = {"index": 77, "entry": base64.b64encode(entry).decode(), "salt": base64.b64encode(salt).decode()}
    proof.write_text(json.dumps(told | {"hashes": hashes, "checkpoint": note}))
    own = ["--log-key", place.log.key_line, "--witness-key", str(WITNESS_KEY)]
    assert commands.main(["entry", str(proof), *own]) == 0
    assert '"id": "abc"' in capsys.readouterr().out
    assert place.verify(capsys, "--proof", str(proof))[0] == 0
    without = [*place.log.leaves[:77], *place.log.leaves[78:], *entries(9, "later")]
    place.publish(Log(without, place.log.key))
    place.memory = tmp_path / "somebody else's"
    place.rejects(capsys, "the proof of entry 77", "--proof", str(proof))
    for change in (
        {"entry": base64.b64encode(entry + b" ").decode()},
        {"index": 78},
        {"hashes": hashes[1:]},
        {"salt": ""},
    ):
        spoiled = tmp_path / "spoiled.json"
        spoiled.write_text(json.dumps(json.loads(proof.read_text()) | change))
        assert commands.main(["entry", str(spoiled), *own]) == 1
        assert capsys.readouterr().out.startswith("REJECTED")
    spoiled.write_text("{}")
    assert commands.main(["entry", str(spoiled), *own]) == 1


def test_a_verifier_that_skips_what_it_saw_before_is_found(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: without the comparison a rewritten log that both keys signed would pass."""
    assert place.verify(capsys)[0] == 0
    place.publish(Log([*place.log.leaves[1:], *entries(20, "later")], place.log.key))
    monkeypatch.setattr(verify, "_met", lambda *_: None)
    assert place.verify(capsys)[0] == 0


def test_a_verifier_that_does_not_rebuild_is_found(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: without reading the tiles a changed one would pass."""
    (place.folder / "tile/0/001").write_bytes(bytes(8192))
    monkeypatch.setattr(verify, "_rebuild", lambda *_: None)
    assert place.verify(capsys)[0] == 0
