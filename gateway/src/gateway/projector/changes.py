"""The changes feed: per subject a short tail of what happened to its records."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Final

from gateway.projector.batch import Batch
from gateway.view.layout import change_key, pack_change, pack_number

KEPT: Final = 256
SLACK: Final = 64
RECENT: Final = 20_000
FEW: Final = 500
"""Changes of one batch that ``recent`` names; after more (a view that catches up) every waiting reader looks for itself."""


def record(batch: Batch, subjects: Iterable[bytes], version: int, kind: str, topic: int, urn: bytes) -> None:
    """One change for each subject, each under the next number of the store's sequence."""
    if batch.bulk:
        return
    change = pack_change(version, kind, topic, urn)
    for subject in subjects:
        sequence = batch.next_sequence()
        batch.put("changes", change_key(subject, sequence), change)
        if sequence - batch.sequence_before <= FEW:
            batch.put("recent", pack_number(sequence), subject)
        if sequence % SLACK == 0:
            trim(batch, subject)


def forget(batch: Batch) -> None:
    """Keep only the newest of ``recent``, by which a waiting reader learns whose view has changed."""
    end = pack_number(max(0, batch.sequence - RECENT))
    for key in [key for key, _ in itertools.takewhile(lambda item: item[0] <= end, batch.keys("recent", b""))]:
        batch.delete("recent", key)


def trim(batch: Batch, subject: bytes) -> None:
    """Forget all but the newest changes of a subject, and remember up to where (``sequence 0``)."""
    keys = [key for key, _ in batch.keys("changes", subject)]
    mark = change_key(subject, 0)
    entries = [key for key in keys if key != mark]
    if len(entries) <= KEPT:
        return
    dropped = entries[:-KEPT]
    for key in dropped:
        batch.delete("changes", key)
    batch.put("changes", mark, pack_number(int.from_bytes(dropped[-1][len(subject) :], "big")))
