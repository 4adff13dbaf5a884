"""Who can be chosen on the login page: sample people, read again when their file changes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SamplePerson:
    """``scheme`` and ``number`` find the person in the register; the sentences say what makes the sample worth a look."""

    ref: str
    sentence_en: str
    sentence_zh: str
    number: str
    name: str
    scheme: str = "cn-id"


class SamplePeople:
    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._people: dict[str, SamplePerson] = {}

    def all(self) -> list[SamplePerson]:
        self._refresh()
        return list(self._people.values())

    def get(self, ref: str) -> SamplePerson | None:
        self._refresh()
        return self._people.get(ref)

    def _refresh(self) -> None:
        try:
            stat = self._path.stat() if self._path else None
        except FileNotFoundError:
            stat = None
        if stat is None or self._path is None or (stat.st_mtime_ns, stat.st_ino) == self._stamp:
            return
        names = SamplePerson.__dataclass_fields__
        entries = json.loads(self._path.read_bytes())
        people = (SamplePerson(**{k: v for k, v in entry.items() if k in names}) for entry in entries)
        self._people = {person.ref: person for person in people}
        self._stamp = (stat.st_mtime_ns, stat.st_ino)
