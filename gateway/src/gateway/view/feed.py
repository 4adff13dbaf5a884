"""The changes feed as read: a person's changes over all of its pseudonyms, in the order of the store's sequence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gateway.view.layout import change_key, change_sequence, pack_number, unpack_change, unpack_number
from gateway.view.shapes import Shapes
from gateway.view.store import Store

_PLACE = re.compile(r"([0-9a-f]{12})-([0-9]{1,18})")


class Change(NamedTuple):
    """``id`` is a place to go on from; ``kind`` as in the envelope's ``change``; ``type`` e.g. ``housing.title``."""

    id: str
    urn: str
    version: int
    kind: str
    type: str


class Feed:
    """Of one generation of the store."""

    def __init__(self, store: Store, shapes: Shapes) -> None:
        self._store, self._shapes = store, shapes

    def sequence(self) -> int:
        """The number of the newest change of anybody."""
        return unpack_number(self._store.meta("sequence"))

    def since(self, sequence: int) -> set[bytes] | None:
        """The subjects of changes after ``sequence``; None when that is too long ago to say."""
        meta = self._store.databases["meta"]
        with self._store.env.begin(db=self._store.databases["recent"]) as transaction, transaction.cursor() as cursor:
            if not cursor.set_key(pack_number(sequence + 1)):
                return None
            subjects = set()
            expected = sequence + 1
            for key, subject in cursor.iternext():
                if unpack_number(key) != expected:
                    return None  # a gap: more changed at once than is kept by name
                expected += 1
                subjects.add(subject)
            return subjects if expected == unpack_number(transaction.get(b"sequence", db=meta)) + 1 else None

    def after(self, subjects: Sequence[bytes], place: str | None, limit: int) -> tuple[list[Change], str] | None:
        """See ``View.changes``."""
        store = self._store
        present, identity = self.sequence(), store.id
        if place is None:
            return [], f"{identity}-{present}"
        match = _PLACE.fullmatch(place)
        if match is None or match[1] != identity or int(match[2]) > present:
            return None
        start = int(match[2])
        if start < unpack_number(store.meta("floor")):
            return None
        numbers = store.topics()
        found: dict[int, Change] = {}
        with store.env.begin(db=store.databases["changes"]) as transaction, transaction.cursor() as cursor:
            for subject in subjects:
                if unpack_number(transaction.get(change_key(subject, 0))) > start:
                    return None
                more = cursor.set_range(change_key(subject, start + 1))
                taken = 0
                while more and taken <= limit and cursor.key().startswith(subject):
                    sequence = change_sequence(cursor.key())
                    version, kind, topic, urn = unpack_change(cursor.value())
                    shape = self._shapes.topics.get(numbers[topic]) if topic < len(numbers) else None
                    if shape is not None and sequence <= present:
                        urn_text = urn.decode()
                        found[sequence] = Change(f"{identity}-{sequence}", urn_text, version, kind, shape.type)
                        taken += 1
                    more = cursor.next()
        changes = [found[sequence] for sequence in sorted(found)]
        # A record that names a person under two pseudonyms (after a merge) changes once.
        seen: set[tuple[str, int]] = set()
        changes = [c for c in changes if (c.urn, c.version) not in seen and not seen.add((c.urn, c.version))]
        if len(changes) > limit:
            return changes[:limit], changes[limit - 1].id
        return changes, f"{identity}-{present}"
