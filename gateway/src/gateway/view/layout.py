"""The shape of keys and clear headers in the view store. Numbers are big-endian so that keys sort as numbers do.

==========  =============================================  =====================================================
database    key                                            value
==========  =============================================  =====================================================
meta        a name                                         what the name says (see ``store``)
records     URN                                            RecordHeader, then the sealed envelope (nothing if erased)
filed       subject 16, topic 2, day 4, URN                1: current for this subject, 0: past
sections    subject 16, section's name                     ETag 16, then the sealed Section
links       subject 16 of a gateway pseudonym              sealed Linked: the person's pseudonyms
pseudonyms  subject 16 of any pseudonym                    sealed Holder: whose it is, by which decision
changes     subject 16, sequence 8                         Change; sequence 0 holds how far it was trimmed
recent      sequence 8                                     subject 16: whose change it is; the newest only
held        URN                                            JSON: where the refused version lies, and why
disputed    URN                                            JSON: URNs of the open disputes about the record
==========  =============================================  =====================================================

``subject`` is a keyed hash of a sector pseudonym: the file tells nobody which rows belong to one person.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import date
from typing import Final

import orjson

from gateway.view.seal import SUBJECT

DATABASES: Final = (
    "meta",
    "records",
    "filed",
    "sections",
    "links",
    "pseudonyms",
    "changes",
    "recent",
    "held",
    "disputed",
)
KINDS: Final = ("created", "varied", "corrected", "moved", "merged", "ended", "erased")

_RECORD = struct.Struct(">IBHQIH")  # version, flags, topic, shape, day, number of subjects
_CHANGE = struct.Struct(">IBH")  # version, kind, topic
_PLACE = struct.Struct(">HI")  # topic, day
_NUMBER = struct.Struct(">Q")
ERASED: Final = 1
_FLAG = {False: b"\0", True: b"\1"}


@dataclass(slots=True)
class RecordHeader:
    """``shape`` is the digest of the contract by which the record was cut; ``day`` its effective day as an ordinal."""

    version: int
    flags: int
    topic: int
    shape: int
    day: int
    subjects: dict[bytes, bool]
    """Who is filed under it, and whether the record is of the present for that subject."""

    def pack(self) -> bytes:
        head = _RECORD.pack(self.version, self.flags, self.topic, self.shape, self.day, len(self.subjects))
        return head + b"".join([subject + _FLAG[current] for subject, current in self.subjects.items()])

    @classmethod
    def unpack(cls, value: bytes) -> tuple[RecordHeader, int]:
        """The header and where the sealed envelope begins."""
        version, flags, topic, shape, day, count = _RECORD.unpack_from(value)
        end = _RECORD.size + count * (SUBJECT + 1)
        subjects = {value[at : at + SUBJECT]: value[at + SUBJECT] == 1 for at in range(_RECORD.size, end, SUBJECT + 1)}
        return cls(version, flags, topic, shape, day, subjects), end


def record_version(value: bytes) -> int:
    return int.from_bytes(value[:4], "big")


def filed_prefix(subject: bytes, topic: int) -> bytes:
    return subject + topic.to_bytes(2, "big")


def filed_key(subject: bytes, topic: int, day: int, urn: bytes) -> bytes:
    return subject + _PLACE.pack(topic, day) + urn


def filed_parts(key: bytes) -> tuple[int, int, bytes]:
    """Topic number, day and URN of a key in ``filed``."""
    topic, day = _PLACE.unpack_from(key, SUBJECT)
    return topic, day, key[SUBJECT + _PLACE.size :]


def record_place(header: bytes, urn: bytes) -> bytes:
    """What a record's seal is bound to: its key and its clear header."""
    return b"records\0" + header + urn


def place(database: str, key: bytes) -> bytes:
    """What any other seal is bound to."""
    return database.encode() + b"\0" + key


def change_key(subject: bytes, sequence: int) -> bytes:
    return subject + _NUMBER.pack(sequence)


def change_sequence(key: bytes) -> int:
    return _NUMBER.unpack_from(key, SUBJECT)[0]


def pack_change(version: int, kind: str, topic: int, urn: bytes) -> bytes:
    return _CHANGE.pack(version, KINDS.index(kind), topic) + urn


def unpack_change(value: bytes) -> tuple[int, str, int, bytes]:
    """Version, kind, topic number and URN."""
    version, kind, topic = _CHANGE.unpack_from(value)
    return version, KINDS[kind], topic, value[_CHANGE.size :]


def held_version(mark: bytes) -> int:
    """The version that was refused; 0 when nobody knows which."""
    return orjson.loads(mark)["version"]


def pack_number(number: int) -> bytes:
    return _NUMBER.pack(number)


def unpack_number(value: bytes | None) -> int:
    """0 when there is none."""
    return _NUMBER.unpack(value)[0] if value else 0


def ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
