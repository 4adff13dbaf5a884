"""The witness cosigns only what continues what it cosigned before, also after it was killed, and keeps proof of forks."""

import re
from pathlib import Path

import pytest
from onewindow_witness import keeping, keys, witness
from onewindow_witness.cosignature import cosigned_at
from onewindow_witness.note import Note, PublicKey
from onewindow_witness.state import State
from onewindow_witness.witness import Answer, Witness

from .log_writer import Log, entries

NAME = "test/witness"


def at(folder: Path, *logs: Log) -> Witness:
    """The witness of these logs, as it is after a start."""
    keys.make(folder, NAME)
    return Witness(
        State(folder), NAME, keys.private(folder), {log.origin: PublicKey.parse(log.key_line) for log in logs}
    )


def cosigned(answer: Answer, log: Log, folder: Path, size: int | None = None) -> None:
    assert answer.status == 200, answer
    key = keys.public(str(folder / keys.PUBLIC))
    assert cosigned_at(Note.parse(log.checkpoint(size) + answer.body), key) > 1_700_000_000


def test_growth_is_cosigned_and_the_newest_is_shown(tmp_path: Path) -> None:
    log = Log(entries(700))
    one = at(tmp_path, log)
    old = 0
    for size in (0, 0, 1, 2, 7, 256, 257, 700, 700):
        cosigned(one.add_checkpoint(log.request(old, size)), log, tmp_path, size)
        old = size
    newest = one.state.newest(log.origin)
    assert newest is not None and newest.checkpoint.size == 700
    assert newest.note.text == Note.parse(log.checkpoint()).text


def test_another_old_size_is_told_the_right_one(tmp_path: Path) -> None:
    log = Log(entries(20))
    one = at(tmp_path, log)
    cosigned(one.add_checkpoint(log.request(0, 12)), log, tmp_path, 12)
    for old in (0, 5, 13):
        assert one.add_checkpoint(log.request(old)) == Answer(409, "12\n", "old-size", "text/x.tlog.size")
    cosigned(one.add_checkpoint(log.request(12)), log, tmp_path)


def test_a_fork_is_refused_and_kept_after_a_restart_too(tmp_path: Path) -> None:
    log = Log(entries(20))
    forked = Log([*entries(19), *entries(1, "another")], log.key)
    cosigned(at(tmp_path, log).add_checkpoint(log.request(0)), log, tmp_path)
    one = at(tmp_path, log)
    for old in (20, 0):
        assert one.add_checkpoint(forked.request(old)).status == 409
    (name,) = one.state.accusations("fork")
    told = one.state.accusation(name)
    assert told is not None
    both = {Note.parse(told["known"]).text, Note.parse(told["shown"]).text}
    assert both == {Note.parse(log.checkpoint()).text, Note.parse(forked.checkpoint()).text}
    for note in (told["known"], told["shown"]):
        Note.parse(note).signed_by(PublicKey.parse(log.key_line))


def test_a_rewritten_past_is_refused_and_kept(tmp_path: Path) -> None:
    log = Log(entries(20))
    one = at(tmp_path, log)
    cosigned(one.add_checkpoint(log.request(0)), log, tmp_path)
    rewritten = Log([*entries(3), *entries(30, "another")], log.key)
    assert one.add_checkpoint(rewritten.request(20)).status == 422
    longer = Log(entries(30), log.key)
    assert one.add_checkpoint(longer.request(20).replace(b"old 20\n", b"old 20\n" + b"A" * 43 + b"=\n")).status == 422
    assert len(one.state.accusations("unproven")) == 2
    cosigned(one.add_checkpoint(longer.request(20)), longer, tmp_path)


def test_what_is_merely_unproven_does_not_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onewindow_witness.state.UNPROVEN_MOST", 3)
    log = Log(entries(20))
    one = at(tmp_path, log)
    cosigned(one.add_checkpoint(log.request(0)), log, tmp_path)
    for n in range(5):
        assert one.add_checkpoint(Log(entries(30, f"{n}"), log.key).request(20)).status == 422
    assert len(one.state.accusations()) == 3


def test_strangers_are_refused(tmp_path: Path) -> None:
    log, stranger = Log(entries(3)), Log(entries(3), origin="onewindow/elsewhere/access")
    one = at(tmp_path, log)
    assert one.add_checkpoint(stranger.request(0)).status == 404
    assert one.add_checkpoint(Log(entries(3)).request(0)).status == 403
    assert one.state.newest(log.origin) is None


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (rb"^old 2", b"old 02"),
        (rb"^old 2", b"old -2"),
        (rb"^old 2", b"old 9"),
        (rb"^old 2", b"size 2"),
        (rb"^old 2\n", b"old 2\n" + b"A" * 43 + b"=\n" * 64),
        (rb"^old 2\n", b"old 2\nAAAA\n"),
        (rb"\n\n", b"\n"),
        ("— ".encode(), b"- "),
    ],
)
def test_malformed_requests_are_told_so(tmp_path: Path, pattern: bytes, instead: bytes) -> None:
    log = Log(entries(5))
    one = at(tmp_path, log)
    cosigned(one.add_checkpoint(log.request(0, 2)), log, tmp_path, 2)
    body = re.sub(pattern, instead, log.request(2), count=1)
    assert body != log.request(2)
    assert one.add_checkpoint(body).status == 400
    cosigned(one.add_checkpoint(log.request(2)), log, tmp_path)


def test_nothing_is_answered_that_is_not_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full: no cosignature leaves, and what was cosigned last stays so."""
    log = Log(entries(9))
    one = at(tmp_path, log)
    cosigned(one.add_checkpoint(log.request(0, 4)), log, tmp_path, 4)

    def full(*_: object) -> None:
        raise OSError("no space left on the device")

    with monkeypatch.context() as broken:
        broken.setattr(keeping.os, "fsync", full)
        with pytest.raises(OSError, match="no space"):
            one.add_checkpoint(log.request(4))
    again = at(tmp_path, log).state.newest(log.origin)
    assert again is not None and again.checkpoint.size == 4
    cosigned(one.add_checkpoint(log.request(4)), log, tmp_path)


def test_a_witness_that_believes_the_log_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: without the proof's check a rewritten past is cosigned, and the test above would see it."""
    monkeypatch.setattr(witness, "check_consistency", lambda *_: None)
    log = Log(entries(20))
    one = at(tmp_path, log)
    one.add_checkpoint(log.request(0))
    assert one.add_checkpoint(Log(entries(30, "another"), log.key).request(20)).status == 200


def test_a_witness_that_forgets_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: a state that is not kept lets the witness cosign a fork after its restart."""
    log = Log(entries(20))
    monkeypatch.setattr("onewindow_witness.state.keep", lambda *_: None)
    at(tmp_path, log).add_checkpoint(log.request(0))
    forked = Log(entries(20, "another"), log.key)
    assert at(tmp_path, log).add_checkpoint(forked.request(0)).status == 200


def test_private_key_is_its_owners_alone(tmp_path: Path) -> None:
    first = keys.make(tmp_path / "w", NAME)
    assert (tmp_path / "w" / keys.PRIVATE).stat().st_mode & 0o777 == 0o600
    assert keys.make(tmp_path / "w", NAME) == first
