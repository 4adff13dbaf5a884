"""What a view holds, as one value: two views made from the same log have the same, whenever and wherever they were made.

Sealed bytes differ from store to store (nonces); what counts is (subject, URN, version, hash of the opened bytes) of each
record, and each section's bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from gateway.view.layout import RecordHeader, record_place
from gateway.view.seal import ViewSealer
from gateway.view.store import Store


class Digest(NamedTuple):
    """Counts and hashes; ``records`` counts (subject, record) pairs, erased records not at all."""

    records: int
    sections: int
    hash: str


def digest(store: Store, sealer: ViewSealer) -> Digest:
    """Of everything that readers can see. Opens every value: seconds for a million records."""
    total = sha256()
    records = 0
    for subject, urn, version, opened in pairs(store, sealer):
        total.update(b"%b|%b|%d|%b\n" % (subject, urn, version, opened))
        records += 1
    sections = 0
    with store.env.begin(db=store.databases["sections"]) as transaction, transaction.cursor() as cursor:
        for key, value in cursor:
            total.update(key + sha256(sealer.open_section(key, value)).digest())
            sections += 1
    return Digest(records, sections, total.hexdigest())


def pairs(store: Store, sealer: ViewSealer) -> Iterator[tuple[bytes, bytes, int, bytes]]:
    """(subject id, URN, version, SHA-256 of the opened envelope) of every filed record, in order of URN and subject."""
    with store.env.begin(db=store.databases["records"]) as transaction, transaction.cursor() as cursor:
        for urn, value in cursor:
            header, start = RecordHeader.unpack(value)
            if start < len(value):
                opened = sha256(sealer.open(record_place(value[:start], urn), value[start:])).digest()
                for subject in sorted(header.subjects):
                    yield subject, urn, header.version, opened
