"""One LMDB transaction of the projector: view changes and offsets together, or neither."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gateway.view import layout
from gateway.view.seal import ViewSealer
from gateway.view.section import Section
from gateway.view.store import Store


class Batch:
    """Sections are opened once, changed in memory and sealed once when the batch ends."""

    def __init__(self, store: Store, sealer: ViewSealer, transaction: Any) -> None:
        self.databases = store.databases
        self.sealer = sealer
        self.transaction = transaction
        self._sections: dict[bytes, Section] = {}
        self.sequence = self._sequence_before = layout.unpack_number(self._meta("sequence"))

    def get(self, database: str, key: bytes) -> bytes | None:
        return self.transaction.get(key, db=self.databases[database])

    def put(self, database: str, key: bytes, value: bytes) -> None:
        self.transaction.put(key, value, db=self.databases[database])

    def delete(self, database: str, key: bytes) -> None:
        self.transaction.delete(key, db=self.databases[database])

    def put_meta(self, name: str, value: bytes) -> None:
        self.put("meta", name.encode(), value)

    def open(self, database: str, key: bytes) -> bytes | None:
        """The opened value of a database other than ``records``."""
        value = self.get(database, key)
        return None if value is None else self.sealer.open(layout.place(database, key), value)

    def seal(self, database: str, key: bytes, plain: bytes) -> None:
        self.put(database, key, self.sealer.seal(layout.place(database, key), plain))

    def section(self, subject: bytes, name: str) -> Section:
        """To be changed in place; it is stored when the batch ends."""
        key = subject + name.encode()
        section = self._sections.get(key)
        if section is None:
            value = self.get("sections", key)
            section = Section() if value is None else Section.unpack(self.sealer.open_section(key, value))
            self._sections[key] = section
        return section

    def next_sequence(self) -> int:
        self.sequence += 1
        return self.sequence

    def keys(self, database: str, prefix: bytes, *, newest_first: bool = False) -> Iterator[tuple[bytes, bytes]]:
        """Keys and values that begin with ``prefix``. The database must not change meanwhile."""
        cursor = self.transaction.cursor(db=self.databases[database])
        if not newest_first:
            found = cursor.set_range(prefix)
            move = cursor.next
        else:
            found = cursor.set_range(prefix + b"\xff" * 8)
            found = cursor.prev() if found else cursor.last()
            move = cursor.prev
        while found:
            key, value = cursor.item()
            if not key.startswith(prefix):
                return
            yield key, value
            found = move()

    def finish(self) -> None:
        """Seal what has changed; the caller's transaction commits it."""
        for key, section in self._sections.items():
            if section.empty:
                self.delete("sections", key)
                continue
            self.put("sections", key, self.sealer.seal_section(key, section.pack()))
        if self.sequence != self._sequence_before:
            self.put_meta("sequence", layout.pack_number(self.sequence))

    def _meta(self, name: str) -> bytes | None:
        return self.get("meta", name.encode())


@contextmanager
def batch(store: Store, sealer: ViewSealer) -> Iterator[Batch]:
    """Commits at the end; an exception leaves the store as it was."""
    with store.env.begin(write=True) as transaction:
        current = Batch(store, sealer, transaction)
        yield current
        current.finish()
