"""A mapping in a contract file, read key by key: wrong, missing and unknown keys are named with their place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from onewindow_contracts.errors import ContractError

REQUIRED: Any = object()


class Fields:
    """A mapping in a file, whose keys are taken by name and kind; ``close`` refuses those that nobody took."""

    def __init__(self, value: Any, file: Path, place: str = "") -> None:
        if not isinstance(value, dict):
            raise ContractError(file, place, "must be a mapping")
        self.value, self.file, self.place, self.taken = value, file, place, set[str]()

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = REQUIRED) -> Any:
        self.taken.add(key)
        found = self.value.get(key, default)
        if found is REQUIRED:
            raise ContractError(self.file, f"{self.place}/{key}", "is missing")
        if found is default and key not in self.value:
            return default
        if found is None and default is None:
            return None
        if not isinstance(found, kind) or (isinstance(found, bool) and kind is int):
            raise ContractError(self.file, f"{self.place}/{key}", f"has the wrong kind: {type(found).__name__}")
        return found

    def day(self, key: str, default: Any = REQUIRED) -> Any:
        text = self.take(key, str, default)
        if not isinstance(text, str):
            return text
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise ContractError(self.file, f"{self.place}/{key}", "is not a real day, YYYY-MM-DD") from error

    def label(self, key: str, default: Any = REQUIRED) -> Any:
        label = self.take(key, dict, default)
        if isinstance(label, dict) and not (
            set(label) == {"zh", "en"} and all(isinstance(t, str) for t in label.values())
        ):
            raise ContractError(
                self.file, f"{self.place}/{key}", "must hold a Chinese and an English text: {zh: …, en: …}"
            )
        return label

    def names(self, key: str, default: Any = REQUIRED) -> tuple[str, ...]:
        names = self.take(key, (list, tuple), default)
        if not all(isinstance(name, str) for name in names):
            raise ContractError(self.file, f"{self.place}/{key}", "must be a list of names")
        return tuple(names)

    def items(self, key: str) -> Iterator[Fields]:
        for index, item in enumerate(self.take(key, list)):
            yield Fields(item, self.file, f"{self.place}/{key}/{index}")

    def inside(self, key: str, *, required: bool = False) -> Fields | None:
        """The mapping under ``key``, None when it is absent and not ``required``."""
        value = self.take(key, dict, REQUIRED if required else None)
        return None if value is None else Fields(value, self.file, f"{self.place}/{key}")

    def close(self) -> None:
        if unknown := set(self.value) - self.taken:
            raise ContractError(self.file, self.place, f"has unknown keys: {', '.join(sorted(unknown))}")
