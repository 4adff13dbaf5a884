"""Physical lines of a file with their byte places, in flat memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

LONGEST = 1_000_000
"""Bytes; what is longer is refused, not held in memory."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    end: int
    raw: bytes
    cut: bool = False


class Lines(Iterator[Line]):
    """Lines from a byte position on; lines that turn out to belong elsewhere can be pushed back.

    Splitting bytes at LF is right for UTF-8 and GB18030 alike: in neither is LF, comma or quote a part of a character.
    """

    def __init__(self, file: BinaryIO, position: int, number: int) -> None:
        self._file = file
        self._position = position
        self._number = number
        self._back: list[Line] = []
        file.seek(position)

    def __next__(self) -> Line:
        if self._back:
            return self._back.pop()
        raw = self._file.readline(LONGEST)
        if not raw:
            raise StopIteration
        self._position += len(raw)
        self._number += 1
        cut = not raw.endswith(b"\n") and len(raw) == LONGEST
        more = b"" if cut else b"\n"
        while not more.endswith(b"\n") and (more := self._file.readline(LONGEST)):
            self._position += len(more)
        return Line(self._number, self._position, raw, cut)

    def push_back(self, lines: Sequence[Line]) -> None:
        self._back.extend(reversed(lines))
