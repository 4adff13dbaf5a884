"""Counting distinct things per period and bucket in the node's store: a key for each thing, and how many there are.

A *floor* is a moment (unix milliseconds): what was counted up to it counts no more. It moves when a supervisor lifts a lock,
which gives a new allowance within the same hour.
"""

from __future__ import annotations

import struct
from typing import Any

_COUNT = struct.Struct(">IQ")  # how many, and the floor above which they were counted
_AT = struct.Struct(">Q")
MEMBER, COUNTER = b"m", b"c"


class Distinct:
    """Keys are ``period(5) bucket(12) kind(1) item(12)``; periods sort by time, so old ones are cut off at the front."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def count(self, transaction: Any, period: bytes, bucket: bytes, floor: int = 0) -> int:
        """How many were counted after ``floor``."""
        raw = transaction.get(period + bucket + COUNTER, db=self._database)
        if raw is None:
            return 0
        count, counted_from = _COUNT.unpack(raw)
        return count if counted_from >= floor else self._recount(transaction, period + bucket, floor)

    def has(self, transaction: Any, period: bytes, bucket: bytes, item: bytes, floor: int = 0) -> bool:
        """Whether ``item`` was counted after ``floor``."""
        raw = transaction.get(period + bucket + MEMBER + item, db=self._database)
        return raw is not None and (not floor or _AT.unpack(raw)[0] > floor)

    def add(self, transaction: Any, period: bytes, bucket: bytes, item: bytes, at: int, floor: int = 0) -> int | None:
        """Count ``item`` as of ``at``; how many there are with it, None when it was counted before or lies below the floor."""
        if at <= floor or self.has(transaction, period, bucket, item, floor):
            return None
        count = self.count(transaction, period, bucket, floor) + 1
        transaction.put(period + bucket + MEMBER + item, _AT.pack(at), db=self._database)
        transaction.put(period + bucket + COUNTER, _COUNT.pack(count, floor), db=self._database)
        return count

    def forget(self, transaction: Any, kind: bytes, before: bytes, most: int) -> int:
        """Drop at most ``most`` keys of periods of ``kind`` before ``before``; how many were dropped."""
        cursor = transaction.cursor(db=self._database)
        dropped = 0
        found = cursor.set_range(kind)
        while found and dropped < most and cursor.key()[:1] == kind and cursor.key()[: len(before)] < before:
            found = cursor.delete()
            dropped += 1
        return dropped

    def _recount(self, transaction: Any, prefix: bytes, floor: int) -> int:
        cursor = transaction.cursor(db=self._database)
        count, found = 0, cursor.set_range(prefix + MEMBER)
        while found and cursor.key().startswith(prefix + MEMBER):
            count += _AT.unpack(cursor.value())[0] > floor
            found = cursor.next()
        return count
