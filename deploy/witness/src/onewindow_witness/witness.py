"""The witness's judgement (C2SP tlog-witness): cosign what continues what was cosigned before, refuse everything else.

Nothing here waits: between looking at the newest checkpoint and replacing it no other request can come.
"""

from __future__ import annotations

import base64
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onewindow_witness.checkpoint import Checkpoint, Signed, decimal
from onewindow_witness.cosignature import cosign
from onewindow_witness.merkle import ProofInvalid, check_consistency
from onewindow_witness.note import Note, NoteInvalid, NotSigned, PublicKey, unbase64
from onewindow_witness.state import Kept, State

PROOF_MOST = 63


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a body; the reason counts it."""

    status: int
    body: str
    reason: str
    media: str = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """What the log says: `old` is the size it believes to be cosigned."""

    old: int
    proof: list[bytes]
    note: Note

    @classmethod
    def parse(cls, body: bytes) -> Request:
        """NoteInvalid for anything but an old size, proof lines, an empty line and a signed note."""
        head, gap, rest = body.partition(b"\n\n")
        if not gap:
            raise NoteInvalid("an old size, a proof, an empty line and a checkpoint were expected")
        try:
            first, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError as error:
            raise NoteInvalid("not ASCII above the checkpoint") from error
        word, _, size = first.partition(" ")
        if word != "old" or len(lines) > PROOF_MOST:
            raise NoteInvalid("an old size and at most 63 hashes were expected")
        proof = [unbase64(line) for line in lines]
        if any(len(each) != 32 for each in proof):
            raise NoteInvalid("a hash is 32 bytes long")
        return cls(decimal(size), proof, Note.parse(rest))


class Witness:
    """Knows its logs' keys from files that were handed over, never from the logs."""

    def __init__(
        self,
        state: State,
        name: str,
        private: Ed25519PrivateKey,
        logs: Mapping[str, PublicKey],
        now: Callable[[], float] = time.time,
    ) -> None:
        self.state, self.name, self.logs = state, name, logs
        self._private, self._now = private, now
        self.answered: Counter[str] = Counter()

    def add_checkpoint(self, body: bytes) -> Answer:
        answer = self._judge(body)
        self.answered[answer.reason] += 1
        return answer

    def _judge(self, body: bytes) -> Answer:
        try:
            request = Request.parse(body)
            checkpoint = Checkpoint.parse(request.note.text)
        except NoteInvalid as error:
            return Answer(400, f"{error}\n", "malformed")
        log = self.logs.get(checkpoint.origin)
        if log is None:
            return Answer(404, "this log is not witnessed here\n", "unknown-log")
        try:
            signed = Signed.open(request.note, log)
        except NotSigned:
            return Answer(403, "not signed by the log's key\n", "not-signed")
        return self._against(self.state.newest(checkpoint.origin), request, signed)

    def _against(self, known: Kept | None, request: Request, signed: Signed) -> Answer:
        new = signed.checkpoint
        if request.old > new.size:
            return Answer(400, "the old size is above the checkpoint's\n", "malformed")
        size = known.checkpoint.size if known else 0
        if known and new.size == size and new.root != known.checkpoint.root:
            self.state.accuse("fork", known.note, request.note, "two roots for one size, both signed by the log")
            return self._conflict(size, "fork")
        if request.old != size:
            return self._conflict(size, "old-size")
        try:
            if known:
                check_consistency(size, new.size, request.proof, known.checkpoint.root, new.root)
            elif request.proof:
                raise ProofInvalid("the proof from an empty tree should be empty")
        except ProofInvalid as error:
            if known:
                self.state.accuse("unproven", known.note, request.note, f"not shown to continue: {error}")
            return Answer(422, f"{error}\n", "unproven")
        return self._cosign(signed)

    def _cosign(self, signed: Signed) -> Answer:
        line = cosign(signed.note.text, self.name, self._private, int(self._now()))
        log = signed.note.signed_by(self.logs[signed.checkpoint.origin])
        # On the disk before the answer: a witness that forgot what it cosigned would cosign a fork.
        self.state.advance(Kept(signed.checkpoint, Note(signed.note.text, (log, line))))
        return Answer(200, str(line), "cosigned")

    @staticmethod
    def _conflict(size: int, reason: str) -> Answer:
        return Answer(409, f"{size}\n", reason, "text/x.tlog.size")


def request_body(old: int, proof: list[bytes], note: Note) -> bytes:
    """What a log posts."""
    lines = "".join(f"{base64.b64encode(each).decode()}\n" for each in proof)
    return f"old {old}\n{lines}\n{note}".encode()
