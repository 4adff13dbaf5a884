"""One person's part of one section, kept as the bytes that a view joins.

The plain text of a stored section is ``length of the index (4), index (JSON), tail``. The tail is the end of the
section's object in a view, from ``"held"`` to its closing brace; the index says where in it each record lies, so that one
record is replaced without reading the others. Shown are the newest ``SHOWN`` current records of each type, and beyond that
a series with the number of all and where they are.
"""

from __future__ import annotations

from bisect import insort
from typing import Any, Final

import orjson

SHOWN: Final = 20
EMPTY_TAIL: Final = b'"held":[],"records":{},"series":[]}'


class Section:
    """``types`` maps a record type to ``[count of current records, shown]``; shown is ``[(day, urn, version, bytes)]``
    in the order of keys in ``filed``, newest last. ``held`` maps the URN of a held record to its type."""

    __slots__ = ("held", "types")

    def __init__(self) -> None:
        self.types: dict[str, list[Any]] = {}
        self.held: dict[str, str] = {}

    @classmethod
    def unpack(cls, plain: bytes) -> Section:
        section = cls()
        at = 4 + int.from_bytes(plain[:4], "big")
        index = orjson.loads(plain[4:at])
        section.held = index["held"]
        for name, (count, entries) in index["types"].items():
            section.types[name] = [
                count,
                [(day, urn, version, plain[at + start : at + end]) for day, urn, version, start, end in entries],
            ]
        return section

    def pack(self) -> bytes:
        parts = [b'"held":[],"records":{']
        if self.held:
            parts[0] = b'"held":%b,"records":{' % orjson.dumps(sorted(set(self.held.values())))
        at = len(parts[0])
        index: dict[str, Any] = {}
        series: list[dict[str, Any]] = []
        for name in sorted(self.types):
            count, shown = self.types[name]
            head = (b',"%b":[' if index else b'"%b":[') % name.encode()
            parts.append(head)
            at += len(head)
            entries = []
            for day, urn, version, data in reversed(shown):
                if entries:
                    parts.append(b",")
                    at += 1
                parts.append(data)
                end = at + len(data)
                entries.append((day, urn, version, at, end))
                at = end
            parts.append(b"]")
            at += 1
            entries.reverse()
            index[name] = (count, entries)
            if count > len(shown):
                series.append({"type": name, "count": count, "href": f"/v1/me/records?type={name}"})
        parts.append(b'},"series":%b}' % orjson.dumps(series) if series else b'},"series":[]}')
        head = orjson.dumps({"types": index, "held": self.held})
        return b"".join((len(head).to_bytes(4, "big"), head, *parts))

    def put(self, name: str, day: int, urn: str, version: int, data: bytes, *, new: bool) -> bool:
        """Show a current record; ``new``: it was not current before. True: the newest of the type must be filled anew."""
        kind = self.types.setdefault(name, [0, []])
        hidden = kind[0] > len(kind[1])
        if new:
            kind[0] += 1
        was_shown = _drop(kind[1], urn)
        insort(kind[1], (day, urn, version, data))
        del kind[1][:-SHOWN]
        return hidden and was_shown

    def remove(self, name: str, urn: str) -> bool:
        """Take away a record that was current. True: the newest of the type must be filled anew."""
        kind = self.types[name]
        hidden = kind[0] > len(kind[1])
        kind[0] -= 1
        was_shown = _drop(kind[1], urn)
        if not kind[0]:
            del self.types[name]
        return hidden and was_shown

    def fill(self, name: str, shown: list[tuple[int, str, int, bytes]]) -> None:
        """Show exactly these, given as (day, urn, version, bytes)."""
        self.types[name][1] = sorted(shown)[-SHOWN:]

    @property
    def empty(self) -> bool:
        return not self.types and not self.held

    def join(self, other: Section) -> None:
        """Add another pseudonym's part: a person whose identities were merged has several."""
        self.held |= other.held
        for name, (count, shown) in other.types.items():
            kind = self.types.setdefault(name, [0, []])
            known = {entry[1] for entry in kind[1]}
            fresh = [entry for entry in shown if entry[1] not in known]
            kind[0] += count - (len(shown) - len(fresh))
            kind[1] = sorted(kind[1] + fresh)[-SHOWN:]


def tail_of(plain: bytes) -> bytes:
    """The end of the section's object in a view."""
    return plain[4 + int.from_bytes(plain[:4], "big") :]


def picked(plain: bytes, types: frozenset[str]) -> tuple[list[str], dict[str, tuple[int, list[bytes]]]]:
    """Of ``types`` alone: which are held, and of each the number of current records and the shown ones, newest first."""
    start = 4 + int.from_bytes(plain[:4], "big")
    index = orjson.loads(plain[4:start])
    held = [name for name in index["held"].values() if name in types] if index["held"] else []
    found = {}
    for name, (count, entries) in index["types"].items():
        if name in types:
            found[name] = count, [plain[start + entry[3] : start + entry[4]] for entry in reversed(entries)]
    return held, found


def types_of(plain: bytes) -> list[str]:
    """The record types in it."""
    return list(orjson.loads(plain[4 : 4 + int.from_bytes(plain[:4], "big")])["types"])


def _drop(shown: list[tuple[int, str, int, bytes]], urn: str) -> bool:
    for number, entry in enumerate(shown):
        if entry[1] == urn:
            del shown[number]
            return True
    return False
