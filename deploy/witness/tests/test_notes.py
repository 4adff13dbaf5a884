"""Signed notes, checkpoints, cosignatures and tile names are those of the C2SP specifications."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from onewindow_witness.checkpoint import Checkpoint, CheckpointInvalid, Signed
from onewindow_witness.cosignature import cosign, cosigned_at
from onewindow_witness.note import COSIGNATURE, ED25519, Note, NoteInvalid, NotSigned, PublicKey, sign
from onewindow_witness.tiles import tile_path

from .log_writer import Log, entries

# The example of Go's golang.org/x/mod/sumdb/note: a key, and a note that it signed.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENCRYPTED = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_note_that_go_signed_is_read() -> None:
    key = PublicKey.parse(PETER)
    assert str(key) == PETER
    note = Note.parse(ENCRYPTED)
    assert note.signed_by(key).name == "PeterNeumann"
    assert str(note) == ENCRYPTED
    with pytest.raises(NotSigned):
        Note.parse(ENCRYPTED.replace("the answer", "an answer")).signed_by(key)


def test_a_key_of_the_same_name_is_another_key() -> None:
    one, other = Log(), Log()
    with pytest.raises(NotSigned):
        Signed.open(one.checkpoint(), PublicKey.parse(other.key_line))


@pytest.mark.parametrize(
    "told",
    [
        "",
        "text only\n",
        "text\n\nno signature\n",
        "text\n\n— name !!!!\n",
        "text\n\n— name AAAA\n",
        "text\n\n- name AAAAAAAAAAA=\n",
        "te\rxt\n\n— name AAAAAAAAAAA=\n",
        "text\n\n— name AAAAAAAAAAA=",
        "text\n\n— na+me AAAAAAAAAAA=\n",
        "x" * 70_000,
    ],
)
def test_what_is_no_note_is_refused(told: str) -> None:
    with pytest.raises(NoteInvalid):
        Note.parse(told)


@pytest.mark.parametrize(
    "text",
    [
        "origin\n5\n",
        "origin\n05\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "origin\n-5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "origin\n٥\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "origin\n5\nAAAA\n",
        "an origin\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "origin\n5\n\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "origin\n9999999999999999999\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteInvalid):
        Checkpoint.parse(text)


def test_a_checkpoint_of_another_log_is_none_of_this_one() -> None:
    """Its key may have signed it: the name says which log is meant."""
    log = Log(entries(3))
    key = PublicKey.parse(log.key_line)
    text = str(Checkpoint("somewhere/else", 3, bytes(32)))
    with pytest.raises(CheckpointInvalid):
        Signed.open(str(sign(text, log.origin, log.key)), key)


def test_a_cosignature_binds_text_time_and_witness() -> None:
    private = Ed25519PrivateKey.generate()
    key = PublicKey.of("test/witness", COSIGNATURE, private)
    note = Note.parse(Log(entries(3)).checkpoint())
    line = cosign(note.text, "test/witness", private, 1_700_000_000)
    assert cosigned_at(Note.parse(f"{note}{line}"), key) == 1_700_000_000
    assert PublicKey.parse(str(key)) == key
    later = bytearray(line.value)
    later[7] ^= 1
    for text, value in ((note.text, bytes(later)), (note.text.replace("\n3\n", "\n4\n"), line.value)):
        spoiled = Note(text, (type(line)(line.name, line.id, value),))
        with pytest.raises(NotSigned):
            cosigned_at(spoiled, key)
    with pytest.raises(NotSigned):
        cosigned_at(note.with_signatures(line), PublicKey.of("test/other", COSIGNATURE, private))
    with pytest.raises(NotSigned):  # what a log signs is no cosignature, whoever's key it is
        cosigned_at(sign(note.text, "test/witness", private), PublicKey.of("test/witness", ED25519, private))


@pytest.mark.parametrize(
    ("level", "number", "width", "name"),
    [
        (0, 1234067, 256, "tile/0/x001/x234/067"),
        (0, 0, 256, "tile/0/000"),
        (1, 999, 17, "tile/1/999.p/17"),
        (2, 1000, 1, "tile/2/x001/000.p/1"),
    ],
)
def test_tiles_are_named_as_the_specification_names_them(level: int, number: int, width: int, name: str) -> None:
    assert tile_path(level, number, width) == name


@given(st.binary(max_size=200))
def test_anything_that_is_sent_is_refused_by_name(told: bytes) -> None:
    with pytest.raises(NoteInvalid):
        Note.parse(told + base64.b64encode(told))
