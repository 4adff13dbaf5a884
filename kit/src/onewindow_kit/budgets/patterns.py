"""Patterns in the record that no single look shows: repeats, numbers in sequence, names tried one after the other.

Each is a count per acting person (a machine: its client) that raises one alarm when it reaches its threshold. Counting lives in
the node's store with the place in the record up to which was counted, so that no restart forgets or repeats anything.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from onewindow_kit.budgets.claim import Claim, claim, hashed
from onewindow_kit.budgets.distinct import Distinct
from onewindow_kit.budgets.periods import Periods
from onewindow_kit.budgets.raising import Raised

SHOWN: Final = ("answered", "not-modified")
_COUNT = struct.Struct(">I")


class Thresholds(NamedTuple):
    """``repeat``: looks by one acting person at one person in a legal day. ``failed``: distinct look-ups that found nobody in
    a clock hour. ``near``: distinct questions in a clock hour about numbers that differ in their last places only."""

    repeat: int = 10
    failed: int = 10
    near: int = 5


class Patterns:
    """``canary`` says whether a pseudonym is one. Entries come in the order of the record, each once."""

    def __init__(
        self, database: Any, distinct: Distinct, periods: Periods, thresholds: Thresholds, canary: Callable[[str], bool]
    ) -> None:
        self._database, self._distinct, self._periods = database, distinct, periods
        self._thresholds, self._canary = thresholds, canary

    def seen(self, transaction: Any, entry: Mapping[str, Any], subject: str | None, at: int) -> Iterator[Raised]:
        """What an entry makes known; ``subject`` is the one name by which this holder knows the person."""
        who = claim(entry["organisation"], entry["client"], entry["actor"], entry["purpose"], ())
        shown = subject is not None and entry["outcome"] in SHOWN
        if shown and self._canary(subject):
            # Each look counts: one more clerk, or one more time, is one more alarm.
            yield _raised("canary", who, at, "", None, None, entry)
        if entry["kind"] == "own":
            return
        person = entry["actor"] if entry["actor"] is not None else f"\0{entry['client']}"
        name = f"{entry['organisation']}\0{person}"
        hour, day = self._periods.of("hour", at), self._periods.of("day", at)
        if shown and entry["actor"] is not None:
            key = day.key + hashed(f"repeat\0{name}\0{subject}") + b"r"
            count = _COUNT.unpack(transaction.get(key, default=bytes(4), db=self._database))[0] + 1
            transaction.put(key, _COUNT.pack(count), db=self._database)
            if count == self._thresholds.repeat:
                yield _raised("repeat", who, at, f"{day.name}|{subject}", count, count, entry)
        asked, near = entry.get("asked"), entry.get("near")
        if asked is None:
            return
        if entry["outcome"] == "not-found":
            count = self._distinct.add(transaction, hour.key, hashed(f"failed\0{name}"), hashed(asked), at)
            if count == self._thresholds.failed:
                yield _raised("enumeration", who, at, hour.name, count, count, entry)
        if near is not None:
            count = self._distinct.add(transaction, hour.key, hashed(f"near\0{name}\0{near}"), hashed(asked), at)
            if count == self._thresholds.near:
                yield _raised("sequential", who, at, f"{hour.name}|{near}", count, count, entry)


def _raised(
    kind: str, who: Claim, at: int, about: str, count: int | None, limit: int | None, entry: Mapping[str, Any]
) -> Raised:
    scope = "officer" if who.actor is not None else "organisation"
    about = about or entry["id"]
    return Raised(kind, scope, who, at, "", limit=limit, count=count, entry=entry["id"], about=about)
