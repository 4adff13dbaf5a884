"""Which records are disputed: noted by URN, whether the record came before its dispute, after it, or never comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from gateway.projector.batch import Batch

OPEN = "open"


def noted(batch: Batch, dispute: str, envelope: dict[str, Any] | None, before: dict[str, Any] | None) -> str | None:
    """Take in a dispute's new state (None: erased); the URN of the record whose disputes changed, if any did."""
    known = envelope or before
    if known is None:
        return None
    about = known["body"]["about"]
    disputes = set(of(batch, about))
    after = disputes - {dispute}
    if envelope is not None and envelope["body"]["state"] == OPEN:
        after.add(dispute)
    if after == disputes:
        return None
    if after:
        batch.put("disputed", about.encode(), orjson.dumps(sorted(after)))
        batch.nothing_disputed = False
    else:
        batch.delete("disputed", about.encode())
    return about


def of(batch: Batch, urn: str) -> Sequence[str]:
    """URNs of the open disputes about a record."""
    if batch.nothing_disputed:
        return ()
    value = batch.get("disputed", urn.encode())
    return () if value is None else orjson.loads(value)
