"""Verifies one entry by the proof that its citizen was given: the entry's own bytes, a path, a signed and cosigned root."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from onewindow_witness.checkpoint import Signed
from onewindow_witness.cosignature import cosigned_at
from onewindow_witness.merkle import ProofInvalid, check_inclusion, leaf_hash
from onewindow_witness.note import NoteInvalid, NotSigned, PublicKey, unbase64


class EntryRejected(Exception):
    """The proof does not show that the entry stands in the log; the text says where it fails."""


@dataclass(frozen=True, slots=True)
class Proven:
    """The entry as it was hashed, where it stands, and the checkpoint that holds it."""

    entry: bytes
    index: int
    signed: Signed
    cosigned: int | None
    """When the witness signed the checkpoint, in seconds of the epoch; None when it has not (yet), or no key was given."""


def verify_entry(told: bytes, log: PublicKey, witness: PublicKey | None = None) -> Proven:
    """What the file of a proof shows: JSON with `index`, `entry`, `salt`, `hashes` (base64) and `checkpoint` (a note).

    Its other members are for reading only. EntryRejected when anything in it fails.
    """
    try:
        proof = _parse(told)
        signed = Signed.open(proof["checkpoint"], log)
        leaf = leaf_hash(proof["salt"] + proof["entry"])
        check_inclusion(leaf, proof["index"], signed.checkpoint.size, proof["hashes"], signed.checkpoint.root)
    except (NoteInvalid, NotSigned, ProofInvalid) as error:
        raise EntryRejected(str(error)) from error
    cosigned = None
    if witness is not None and any(each.id == witness.id for each in signed.note.signatures):
        try:
            cosigned = cosigned_at(signed.note, witness)
        except NotSigned as error:
            raise EntryRejected(str(error)) from error
    return Proven(proof["entry"], proof["index"], signed, cosigned)


def _parse(told: bytes) -> dict[str, Any]:
    try:
        proof = json.loads(told)
        return {
            "index": int(proof["index"]),
            "checkpoint": str(proof["checkpoint"]),
            "entry": unbase64(proof["entry"]),
            "salt": unbase64(proof["salt"]),
            "hashes": [unbase64(each) for each in proof["hashes"]],
        }
    except (ValueError, KeyError, TypeError) as error:
        raise EntryRejected(
            "not the file of a proof: index, entry, salt, hashes and checkpoint were expected"
        ) from error
