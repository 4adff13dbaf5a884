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
    """What is written stays in memory until the end, then goes into each database in the order of its keys: a page is
    touched once, and a value that changes several times is written (and a section sealed) once.

    ``bulk``: the view is far behind; who changed is not written down, and every place in the changes feed becomes unknown.
    """

    def __init__(self, store: Store, sealer: ViewSealer, transaction: Any, *, bulk: bool = False) -> None:
        self.bulk = bulk
        self.databases = store.databases
        self.sealer = sealer
        self.transaction = transaction
        self._written: dict[str, dict[bytes, bytes | None]] = {name: {} for name in store.databases}
        self._sections: dict[bytes, Section] = {}
        self.sequence = self.sequence_before = layout.unpack_number(self.get("meta", b"sequence"))
        self.nothing_held = not transaction.stat(db=store.databases["held"])["entries"]
        self.nothing_disputed = not transaction.stat(db=store.databases["disputed"])["entries"]

    def get(self, database: str, key: bytes) -> bytes | None:
        written = self._written[database]
        if key in written:
            return written[key]
        return self.transaction.get(key, db=self.databases[database])

    def put(self, database: str, key: bytes, value: bytes) -> None:
        self._written[database][key] = value

    def delete(self, database: str, key: bytes) -> None:
        self._written[database][key] = None

    def put_meta(self, name: str, value: bytes) -> None:
        self.put("meta", name.encode(), value)

    def open(self, database: str, key: bytes) -> bytes | None:
        """The opened value of a database other than ``records`` and ``sections``."""
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
        self._write(database)
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
        """Seal what has changed and write it all; the caller's transaction commits it."""
        seal_section = self.sealer.seal_section
        for key, section in self._sections.items():
            self._written["sections"][key] = None if section.empty else seal_section(key, section.pack())
        if self.bulk:
            self.put_meta("floor", layout.pack_number(self.next_sequence()))
        if self.sequence != self.sequence_before:
            self.put_meta("sequence", layout.pack_number(self.sequence))
        for database in self._written:
            self._write(database)

    def _write(self, database: str) -> None:
        written = self._written[database]
        if not written:
            return
        db = self.databases[database]
        with self.transaction.cursor(db=db) as cursor:
            cursor.putmulti([(key, written[key]) for key in sorted(written) if written[key] is not None])
        for key in [key for key, value in written.items() if value is None]:
            self.transaction.delete(key, db=db)
        written.clear()


@contextmanager
def batch(store: Store, sealer: ViewSealer, *, bulk: bool = False) -> Iterator[Batch]:
    """Commits at the end; an exception leaves the store as it was."""
    with store.env.begin(write=True) as transaction:
        current = Batch(store, sealer, transaction, bulk=bulk)
        yield current
        current.finish()
