"""Records read one by one: history, long series, and whole envelopes for agencies."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
from onewindow_kit import pages

from gateway.view.layout import RecordHeader, filed_key, filed_parts, filed_prefix, record_place
from gateway.view.links import sector_of
from gateway.view.problems import UnknownName
from gateway.view.seal import ViewSealer
from gateway.view.section import Section
from gateway.view.shapes import Shapes
from gateway.view.store import Store
from gateway.view.visible import mark, visible_bytes, you_of

Filed = tuple[int, bytes, bool]
"""Effective day, URN, current for its subject."""
LONGEST = 300
"""Characters that no URN has; a longer key LMDB would refuse."""


class Registry:
    """Of one generation of the store."""

    def __init__(self, store: Store, sealer: ViewSealer, shapes: Shapes) -> None:
        self._store, self._sealer, self._shapes = store, sealer, shapes

    def page(
        self, pseudonyms: Sequence[str], record_type: str, cursor: str | None, limit: int
    ) -> tuple[list[bytes], str | None]:
        """See ``View.records``."""
        topics = self._shapes.types.get(record_type)
        if topics is None:
            known = f"one of: {', '.join(sorted(self._shapes.types))}"
            raise UnknownName(errors=[{"path": "/query/type", "reason": known[:1000]}])
        start = pages.decode(cursor, int, str)
        after = (start[0], start[1].encode()) if start is not None and 0 <= start[0] < 1 << 32 else None
        found: list[bytes] = []
        last: tuple[int, bytes] | None = None
        with self._store.env.begin() as transaction:
            streams = [
                self._filed(transaction, p, topic, after) for topic in topics for p in self._in(topic, pseudonyms)
            ]
            for day, urn, _ in heapq.merge(*streams):
                if (day, urn) == last:
                    continue
                if len(found) == limit:
                    assert last is not None
                    return found, pages.encode(last[0], last[1].decode())
                last = (day, urn)
                topic, envelope = self._record(transaction, urn)
                if envelope is not None:
                    own = [s for s in envelope["subjects"] if s["pseudonym"] in pseudonyms]
                    disputes = self._disputes(transaction, urn)
                    found.append(visible_bytes(self._shapes.topics[topic], envelope, own, disputes))
        return found, None

    def current(self, pseudonyms: Sequence[str], topics: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
        """See ``View.opened``."""
        found = []
        with self._store.env.begin() as transaction:
            for topic in topics:
                if topic not in self._shapes.topics or self._shapes.topics[topic].section is None:
                    continue
                seen: set[bytes] = set()
                for pseudonym in self._in(topic, pseudonyms):
                    for _, urn, current in self._filed(transaction, pseudonym, topic, None):
                        if not current or urn in seen:
                            continue
                        seen.add(urn)
                        envelope = self._record(transaction, urn)[1]
                        if envelope is not None:
                            own = [s for s in envelope.pop("subjects") if s["pseudonym"] in pseudonyms]
                            marked = mark(self._disputes(transaction, urn))
                            found.append((topic, envelope | marked | {"you": you_of(own)}))
        return found

    def holds(self, pseudonyms: Sequence[str], urn: str) -> bool:
        """Whether the record, past ones too, is shown to somebody of these names."""
        with self._store.env.begin(db=self._store.databases["records"]) as transaction:
            value = transaction.get(urn.encode()) if len(urn) < LONGEST else None
        if value is None:
            return False
        header, start = RecordHeader.unpack(value)
        shape = self._shapes.topics.get(self._store.topics()[header.topic])
        if start == len(value) or shape is None or shape.section is None:
            return False
        return any(self._sealer.subject(pseudonym) in header.subjects for pseudonym in pseudonyms)

    def held(self, pseudonyms: Sequence[str]) -> frozenset[str]:
        """The record types in which a newer version waits for mending."""
        held: set[str] = set()
        sections = self._store.databases["sections"]
        with self._store.env.begin(db=sections) as transaction:
            for section in self._shapes.sections.values():
                for pseudonym in pseudonyms:
                    if sector_of(pseudonym) not in section.sectors:
                        continue
                    key = self._sealer.subject(pseudonym) + section.name.encode()
                    value = transaction.get(key)
                    if value is not None:
                        held.update(Section.unpack(self._sealer.open_section(key, value)).held.values())
        return frozenset(held)

    def _in(self, topic: str, pseudonyms: Sequence[str]) -> list[str]:
        sectors = set(self._shapes.topics[topic].owners.values())
        return [pseudonym for pseudonym in pseudonyms if sector_of(pseudonym) in sectors]

    def _filed(self, transaction: Any, pseudonym: str, topic: str, after: tuple[int, bytes] | None) -> Iterator[Filed]:
        numbers = self._store.topics()
        if topic not in numbers:
            return
        number, subject = numbers.index(topic), self._sealer.subject(pseudonym)
        prefix = filed_prefix(subject, number)
        with transaction.cursor(db=self._store.databases["filed"]) as cursor:
            more = cursor.set_range(prefix if after is None else filed_key(subject, number, *after))
            while more and cursor.key().startswith(prefix):
                _, day, urn = filed_parts(cursor.key())
                if (day, urn) != after:
                    yield day, urn, cursor.value() == b"\1"
                more = cursor.next()

    def _disputes(self, transaction: Any, urn: bytes) -> Sequence[str]:
        value = transaction.get(urn, db=self._store.databases["disputed"])
        return () if value is None else orjson.loads(value)

    def _record(self, transaction: Any, urn: bytes) -> tuple[str, dict[str, Any] | None]:
        value = transaction.get(urn, db=self._store.databases["records"])
        if value is None:
            return "", None
        header, start = RecordHeader.unpack(value)
        if start == len(value):
            return "", None
        plain = self._sealer.open(record_place(value[:start], urn), value[start:])
        return self._store.topics()[header.topic], orjson.loads(plain)
