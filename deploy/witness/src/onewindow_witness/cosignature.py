"""What a witness says of a checkpoint (C2SP tlog-cosignature, Ed25519): at this time it was the longest that I had seen."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onewindow_witness.note import COSIGNATURE, Note, NotSigned, PublicKey, Signature

LATEST = 2**63 - 1


def message(text: str, at: int) -> bytes:
    """What is signed: a header, the time in seconds of the epoch, and the checkpoint's text."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def cosign(text: str, name: str, private: Ed25519PrivateKey, at: int) -> Signature:
    """The signature line of the witness `name`; `at` in seconds of the epoch."""
    key = PublicKey.of(name, COSIGNATURE, private)
    return Signature(name, key.id, at.to_bytes(8, "big") + private.sign(message(text, at)))


def cosigned_at(note: Note, witness: PublicKey) -> int:
    """When `witness` cosigned the note, in seconds of the epoch. NotSigned when it did not, or wrongly."""

    def valid(line: Signature) -> bool:
        at = int.from_bytes(line.value[:8], "big")
        return len(line.value) == 72 and at <= LATEST and witness.signed(message(note.text, at), line.value[8:])

    if witness.kind != COSIGNATURE:
        raise NotSigned(f"{witness.name} is not the key of a witness")
    return int.from_bytes(note.by(witness, valid).value[:8], "big")
