"""Filing a valid event: the record itself, its place under each subject, the sections and the changes feed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from gateway.projector import changes, disputes, linking
from gateway.projector.batch import Batch
from gateway.projector.door import Arrival
from gateway.view.layout import (
    ERASED,
    RecordHeader,
    filed_key,
    filed_parts,
    filed_prefix,
    record_place,
)
from gateway.view.section import SHOWN
from gateway.view.shapes import DISPUTE, LINK, Shape
from gateway.view.visible import entries_of, is_current, visible_bytes


class Filing:
    """``numbers`` gives each topic's number in keys."""

    def __init__(self, shapes: Mapping[str, Shape], numbers: Mapping[str, int]) -> None:
        self._shapes = shapes
        self._numbers = numbers
        self._topics = {number: topic for topic, number in numbers.items()}

    def apply(self, batch: Batch, arrival: Arrival) -> bool:
        """Take in one event. False when the view already has this version or a newer one."""
        shape, urn = arrival.shape, arrival.urn.encode()
        stored = batch.get("records", urn)
        old, start = RecordHeader.unpack(stored) if stored is not None else (None, 0)
        if old is not None and old.version > arrival.version:
            return False
        self._release(batch, arrival)
        if old is not None and old.version == arrival.version and (old.shape == shape.digest or old.flags & ERASED):
            return False
        disputed = None
        if shape.topic in (LINK, DISPUTE):
            before = self._open(batch, urn, stored, start) if old is not None and not old.flags & ERASED else None
            if shape.topic == LINK:
                linking.relink(batch, arrival, before)
            else:
                disputed = disputes.noted(batch, arrival.urn, arrival.envelope, before)
        new = self._header(arrival)
        seen = {} if arrival.envelope is None else self._subjects(batch, arrival, new)
        header = new.pack()
        sealed = b"" if arrival.envelope is None else batch.sealer.seal(record_place(header, urn), _storable(arrival))
        batch.put("records", urn, header + sealed)
        self._file(batch, urn, old, new)
        if shape.section is not None:
            self._show(batch, arrival, old, new, seen)
            if old is None or old.version < arrival.version:
                touched = new.subjects if old is None else old.subjects | new.subjects
                changes.record(batch, touched, arrival.version, arrival.change, new.topic, urn)
        if disputed is not None:
            self._show_again(batch, disputed)
        return True

    def hold(
        self, batch: Batch, shape: Shape, urn: str, version: int, where: dict[str, Any], named: Iterable[str]
    ) -> bool:
        """Mark a record whose event was refused. False when the view already has that version or a newer one.

        ``version`` 0: unknown. ``where``: metadata of the dead letter. ``named``: pseudonyms in the refused event.
        """
        key = urn.encode()
        stored = batch.get("records", key)
        old = RecordHeader.unpack(stored)[0] if stored is not None else None
        if old is not None and 0 < version <= old.version:
            return False
        subjects = set(old.subjects) if old is not None else set()
        subjects.update(batch.sealer.subject(pseudonym) for pseudonym in named)
        earlier = batch.get("held", key)
        if earlier is not None:
            subjects.update(bytes.fromhex(subject) for subject in orjson.loads(earlier)["subjects"])
        mark = where | {"version": version, "subjects": sorted(subject.hex() for subject in subjects)}
        batch.put("held", key, orjson.dumps(mark))
        batch.nothing_held = False
        if shape.section is not None:
            for subject in subjects:
                batch.section(subject, shape.section).held[urn] = shape.type
        return True

    def _release(self, batch: Batch, arrival: Arrival) -> None:
        if batch.nothing_held:
            return
        key = arrival.urn.encode()
        mark = batch.get("held", key)
        if mark is None:
            return
        held = orjson.loads(mark)
        if arrival.version < held["version"]:
            return
        batch.delete("held", key)
        if arrival.shape.section is not None:
            for subject in held["subjects"]:
                batch.section(bytes.fromhex(subject), arrival.shape.section).held.pop(arrival.urn, None)

    def _header(self, arrival: Arrival) -> RecordHeader:
        flags = ERASED if arrival.envelope is None else 0
        number = self._numbers[arrival.shape.topic]
        return RecordHeader(arrival.version, flags, number, arrival.shape.digest, arrival.day, {})

    def _subjects(self, batch: Batch, arrival: Arrival, header: RecordHeader) -> dict[bytes, bytes]:
        """Fills in the header's subjects; returns what each for whom the record is current sees of it."""
        envelope = arrival.envelope
        assert envelope is not None
        seen = {}
        shape = arrival.shape
        for pseudonym, entries in entries_of(envelope).items():
            subject = batch.sealer.subject(pseudonym)
            current = header.subjects[subject] = is_current(envelope, entries)
            if current and shape.section is not None:
                seen[subject] = visible_bytes(shape, envelope, entries, disputes.of(batch, arrival.urn))
        return seen

    def _file(self, batch: Batch, urn: bytes, old: RecordHeader | None, new: RecordHeader) -> None:
        if old is not None:
            for subject in old.subjects:
                if subject not in new.subjects or (old.topic, old.day) != (new.topic, new.day):
                    batch.delete("filed", filed_key(subject, old.topic, old.day, urn))
        for subject, current in new.subjects.items():
            batch.put("filed", filed_key(subject, new.topic, new.day, urn), b"\1" if current else b"\0")

    def _show(
        self, batch: Batch, arrival: Arrival, old: RecordHeader | None, new: RecordHeader, seen: Mapping[bytes, bytes]
    ) -> None:
        shape, urn = arrival.shape, arrival.urn
        assert shape.section is not None
        was = {subject for subject, current in old.subjects.items() if current} if old is not None else set()
        for subject in was - seen.keys():
            self._take(batch, subject, shape.section, shape, urn)
        for subject, data in seen.items():
            section = batch.section(subject, shape.section)
            if section.put(shape.type, new.day, urn, arrival.version, data, new=subject not in was):
                self._fill(batch, subject, shape.section, shape)

    def _show_again(self, batch: Batch, urn: str) -> None:
        """The record is disputed, or is no more: shown with the mark, or without it, to everybody for whom it is current."""
        key = urn.encode()
        stored = batch.get("records", key)
        if stored is None:
            return
        header, start = RecordHeader.unpack(stored)
        shape = self._shapes.get(self._topics.get(header.topic, ""))
        if shape is None or shape.section is None or header.flags & ERASED:
            return
        marked, envelope = disputes.of(batch, urn), self._open(batch, key, stored, start)
        for pseudonym, entries in entries_of(envelope).items():
            subject = batch.sealer.subject(pseudonym)
            if header.subjects.get(subject):
                data = visible_bytes(shape, envelope, entries, marked)
                batch.section(subject, shape.section).put(shape.type, header.day, urn, header.version, data, new=False)

    def _take(self, batch: Batch, subject: bytes, section: str, shape: Shape, urn: str) -> None:
        if batch.section(subject, section).remove(shape.type, urn):
            self._fill(batch, subject, section, shape)

    def _fill(self, batch: Batch, subject: bytes, section: str, shape: Shape) -> None:
        """Find the newest current records of a type anew: one that was shown has made room for one that was not."""
        shown = []
        for number, topic in self._topics.items():
            if topic not in self._shapes or self._shapes[topic].type != shape.type:
                continue
            found = 0
            for key, flag in batch.keys("filed", filed_prefix(subject, number), newest_first=True):
                if flag == b"\1":
                    _, day, urn = filed_parts(key)
                    shown.append((day, urn.decode(), *self._seen_by(batch, subject, urn, self._shapes[topic])))
                    found += 1
                    if found == SHOWN:
                        break
        batch.section(subject, section).fill(shape.type, shown)

    def _seen_by(self, batch: Batch, subject: bytes, urn: bytes, shape: Shape) -> tuple[int, bytes]:
        stored = batch.get("records", urn)
        assert stored is not None
        header, start = RecordHeader.unpack(stored)
        envelope = self._open(batch, urn, stored, start)
        entries = [e for e in envelope["subjects"] if batch.sealer.subject(e["pseudonym"]) == subject]
        return header.version, visible_bytes(shape, envelope, entries, disputes.of(batch, urn.decode()))

    @staticmethod
    def _open(batch: Batch, urn: bytes, stored: bytes | None, start: int) -> dict[str, Any]:
        assert stored is not None
        return orjson.loads(batch.sealer.open(record_place(stored[:start], urn), stored[start:]))


def _storable(arrival: Arrival) -> bytes:
    """The envelope without the properties that have no class."""
    envelope, cut = arrival.envelope, arrival.shape.cut(None)
    assert envelope is not None and arrival.data is not None
    return arrival.data if cut is None else orjson.dumps(envelope | {"body": cut(envelope["body"])})
