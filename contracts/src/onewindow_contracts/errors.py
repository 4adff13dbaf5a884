"""A contract that cannot be read at all: which file, which place, what is wrong."""

from __future__ import annotations

from pathlib import Path


class ContractError(Exception):
    """``file`` and ``place`` (JSON Pointer or a name, may be empty) say where; the text says what."""

    def __init__(self, file: Path | str, place: str, what: str) -> None:
        self.file, self.place, self.what = file, place, what
        super().__init__(f"{file}: {place}: {what}" if place else f"{file}: {what}")
