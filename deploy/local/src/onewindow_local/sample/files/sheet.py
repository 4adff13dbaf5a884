"""A CSV file that is there whole or not at all."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onewindow_local.sample.people import Person

SCHEME = "cn-id"


class Sheet:
    """A CSV file under a temporary name until it is whole."""

    def __init__(self, path: Path, header: list[str]) -> None:
        self.path, self.rows = path, 0
        self._fresh = path.with_suffix(".new")
        self._header = header

    def __enter__(self) -> "Sheet":
        self._file = self._fresh.open("w", encoding="utf-8", newline="")
        self._fresh.chmod(0o600)
        self._writer = csv.writer(self._file)
        self._writer.writerow(self._header)
        return self

    def add(self, rows: Iterable[list[Any]]) -> None:
        for row in rows:
            self._writer.writerow(row)
            self.rows += 1

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._file.close()
        if kind is None:
            self._fresh.replace(self.path)


def number(person: Person | None) -> str:
    """How a file names a person, or nobody."""
    return "" if person is None else person.number
