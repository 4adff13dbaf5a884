"""The refused rows of one file, to be mended and imported again. They hold people's data: mode 0600."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from onewindow_kit.imports.formats import REJECTS_OF
from onewindow_kit.imports.rows import Refusal


class RejectsFile:
    """JSON Lines: ``{"line", "field", "code", "reason", "text"}``, besides ``also`` for further reasons of a row.

    Created with the first refused row. ``size`` is kept with the import's progress: what an interrupted batch wrote
    behind it is cut off when the import resumes.
    """

    def __init__(self, path: Path, target: str, about: Mapping[str, Any], size: int) -> None:
        self.path = path
        self.size = size
        self._head = {REJECTS_OF: target, **about}
        self._file: BinaryIO | None = None
        if path.exists():
            self._opened()  # cut off at once what an interrupted batch wrote: this time its rows may be taken

    def add(self, rows: Iterable[tuple[int, str, tuple[Refusal, ...]]]) -> None:
        """Append (line, text, refusals); on disk when it returns."""
        lines = []
        for line, text, (first, *others) in rows:
            row: dict[str, Any] = {"line": line, "field": first.field, "code": first.code, "reason": first.reason}
            row["text"] = text
            if others:
                row["also"] = [{"field": o.field, "code": o.code, "reason": o.reason} for o in others]
            lines.append(row)
        if not lines:
            return
        file = self._opened()
        if self.size == 0:
            lines.insert(0, self._head)
        # Lone surrogates from JSON escapes are escaped again, so that the file is UTF-8 whatever came in.
        raw = b"".join(_json(line) + b"\n" for line in lines)
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
        self.size += len(raw)

    def rewind(self, size: int) -> None:
        """Take back what was added after ``size``: its batch is tried again."""
        self.size = size
        if self._file is not None:
            self._file.truncate(size)
            self._file.seek(size)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _opened(self) -> BinaryIO:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            self._file = os.fdopen(handle, "r+b")
            os.fchmod(handle, 0o600)
            if self._file.seek(0, os.SEEK_END) < self.size:
                self.size = 0  # somebody took the file away: what follows still gets a head of its own
            self._file.truncate(self.size)
            self._file.seek(self.size)
        return self._file


def _json(content: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(content).encode()
