"""What any other verifier of RFC 6962 needs to judge a log: two checkpoints, the proof between them, and an entry's path."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

from onewindow_witness import prove
from onewindow_witness.checkpoint import Signed
from onewindow_witness.note import PublicKey
from onewindow_witness.tiles import Source, leaf_tiles


def exported(source: Source, proof: bytes, log: PublicKey) -> dict[str, Any]:
    """From the tiles as they are served now, whether they are right or not: `proof` is what a citizen was given earlier.

    Hashes are base64, checkpoints signed notes, `leaf` is salt and entry,
    `served` the hash that stands in its place now. ValueError where the tiles are too few for it.
    """
    held = json.loads(proof)
    before = Signed.open(held["checkpoint"], log)
    now = Signed.open(source.read("checkpoint"), log)
    leaves = [leaf for tile in leaf_tiles(source, now.checkpoint.size) for leaf in tile]
    index, old = held["index"], before.checkpoint.size
    if not index < old <= len(leaves):
        raise ValueError(f"it has {len(leaves)} entries, and had {old}")
    return {
        "before": str(before.note),
        "now": str(now.note),
        "index": index,
        "leaf": base64.b64encode(base64.b64decode(held["salt"]) + base64.b64decode(held["entry"])).decode(),
        "served": base64.b64encode(leaves[index]).decode(),
        "consistency": _texts(prove.consistency(leaves, old)),
        "path": _texts(prove.inclusion(leaves, index)),
    }


def _texts(hashes: Iterable[bytes]) -> list[str]:
    return [base64.b64encode(each).decode() for each in hashes]
