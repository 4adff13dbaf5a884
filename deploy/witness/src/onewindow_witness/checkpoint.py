"""Checkpoints (C2SP tlog-checkpoint): a log's name, its size and its root, as the text of a signed note."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from onewindow_witness.note import Note, NoteInvalid, PublicKey, name_is_fit, unbase64

SIZE_MOST = 2**63 - 1


class CheckpointInvalid(NoteInvalid):
    """A note whose text is no checkpoint."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`origin` names the log for good; `root` is over its first `size` leaves."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Lines after the third are of no meaning here (the specification's extension lines)."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or "" in lines[:-1]:
            raise CheckpointInvalid("a checkpoint has three lines")
        origin, size, root = lines[:3]
        if not name_is_fit(origin):
            raise CheckpointInvalid("a checkpoint begins with its log's name")
        number = decimal(size)
        digest = unbase64(root)
        if len(digest) != 32:
            raise CheckpointInvalid("a root is 32 bytes long")
        return cls(origin, number, digest)


def decimal(text: str) -> int:
    """A size as it is written: ASCII digits without leading zeros. CheckpointInvalid otherwise."""
    if not (text.isascii() and text.isdigit()) or (len(text) > 1 and text[0] == "0") or len(text) > 19:
        raise CheckpointInvalid("a size is a decimal number without leading zeros")
    if (number := int(text)) > SIZE_MOST:
        raise CheckpointInvalid("a size is at most 2^63 - 1")
    return number


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint and the note that holds it, known to be signed by its log."""

    checkpoint: Checkpoint
    note: Note

    @classmethod
    def open(cls, told: str | bytes | Note, log: PublicKey) -> Signed:
        """NoteInvalid when it is no checkpoint of this log, NotSigned when the log did not sign it."""
        note = told if isinstance(told, Note) else Note.parse(told)
        note.signed_by(log)
        checkpoint = Checkpoint.parse(note.text)
        if checkpoint.origin != log.name:
            raise CheckpointInvalid(f"a checkpoint of {checkpoint.origin}, not of {log.name}")
        return cls(checkpoint, note)
