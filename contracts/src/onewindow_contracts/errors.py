"""What contracts refuse: a file that cannot be read, a rule asked for before it existed."""

from __future__ import annotations

from datetime import date
from pathlib import Path


class ContractError(Exception):
    """``file`` and ``place`` (JSON Pointer or a name, may be empty) say where; the text says what."""

    def __init__(self, file: Path | str, place: str, what: str) -> None:
        self.file, self.place, self.what = file, place, what
        super().__init__(f"{file}: {place}: {what}" if place else f"{file}: {what}")


class NotYetInForce(LookupError):
    """The parameter ``name`` has no value on the day ``on``: its first one holds from ``since`` on.

    Its text may be shown to whoever asked: it names the rule and ``since``, not the day asked for.
    """

    def __init__(self, name: str, on: date, since: date) -> None:
        self.name, self.on, self.since = name, on, since
        super().__init__(f"The first value of {name} holds from {since} on.")
