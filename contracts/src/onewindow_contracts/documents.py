"""Reads contract files: YAML 1.2's idea of scalars, parsed once a version, looked up across several folders."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from onewindow_contracts.errors import ContractError

FOLDERS = (
    "openapi",
    "records",
    "topics",
    "authorities",
    "purposes",
    "parameters",
    "bases",
    "codelists",
    "calendars",
    "examples",
)
SUFFIXES = (".yaml", ".json")
Fingerprint = tuple[tuple[str, int, int], ...]


class _Loader(yaml.CSafeLoader):
    """Days stay text, and `no`, `on`, `y` are words: YAML 1.1 would make dates and booleans of them."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML reads it as a plain class attribute)
        first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]*)[.][0-9]+$"), list("-0123456789")
)

_parsed: dict[Path, tuple[tuple[int, int], Any]] = {}


def parse(file: Path) -> Any:
    """The document in ``file`` (shared: never change it); ContractError with line and column when it is malformed."""
    try:
        stat = file.stat()
        version = (stat.st_mtime_ns, stat.st_size)
        if (known := _parsed.get(file)) and known[0] == version:
            return known[1]
        text = file.read_text(encoding="utf-8")
        document = json.loads(text) if file.suffix == ".json" else _plain(yaml.load(text, Loader=_Loader))
    except FileNotFoundError as error:
        raise ContractError(file, "", "there is no such file") from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise ContractError(file, "", f"cannot be read: {error}") from error
    _parsed[file] = (version, document)
    return document


def _plain(document: Any) -> Any:
    """As JSON has it: keys are texts, anchors are written out; ValueError for a document that contains itself."""
    return json.loads(json.dumps(document))


def walk(folders: Sequence[Path]) -> Iterator[Path]:
    """Every contract file of ``folders`` in a stable order."""
    for folder in folders:
        for name in FOLDERS:
            yield from sorted(f for f in (folder / name).rglob("*") if f.suffix in SUFFIXES)


def fingerprint(folders: Sequence[Path]) -> Fingerprint:
    """Changes when any contract file is added, removed or written: names, times and sizes, no contents."""

    def stats() -> Iterator[tuple[str, int, int]]:
        for file in walk(folders):
            try:
                stat = file.stat()
            except FileNotFoundError:
                continue  # removed between listing and looking: the next look sees a listing without it
            yield str(file), stat.st_mtime_ns, stat.st_size

    return tuple(stats())


class Documents:
    """Contract files of several folders, seen as one: a file missing beside its referrer is looked for in the others."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folder.resolve() for folder in folders)
        self._resolved: dict[tuple[str, Path], Path] = {}

    def files(self, folder: str, suffixes: tuple[str, ...] = SUFFIXES) -> list[Path]:
        """All files below ``folder`` of each contracts folder, in a stable order."""
        return [
            file
            for root in self.folders
            for file in sorted((root / folder).rglob("*"))
            if file.suffix in suffixes and file.is_file()
        ]

    def resolve(self, reference: str, referrer: Path) -> Path:
        """The file that a relative ``reference`` in ``referrer`` means."""
        known = (reference, referrer.parent)
        if known not in self._resolved:
            self._resolved[known] = self._resolve(reference, referrer)
        return self._resolved[known]

    def _resolve(self, reference: str, referrer: Path) -> Path:
        path = (referrer.parent / reference).resolve()
        if path.exists():
            return path
        for root in self.folders:
            if path.is_relative_to(root):
                inside = path.relative_to(root)
                for other in self.folders:
                    if (other / inside).exists():
                        return other / inside
        return path

    def find(self, inside: str) -> Path | None:
        """The first folder's file at this place, None when no folder has one."""
        return next((root / inside for root in self.folders if (root / inside).exists()), None)

    def show(self, file: Path) -> str:
        """A short name for messages: inside its contracts folder."""
        for root in self.folders:
            if file.is_relative_to(root):
                return f"{root.name}/{file.relative_to(root)}"
        return str(file)
