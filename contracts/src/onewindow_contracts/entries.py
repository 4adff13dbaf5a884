"""What contract files say, as plain immutable values: topics, authorities, purposes, parameters, code lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from onewindow_contracts.errors import NotYetInForce

Label = Mapping[str, str]  # {"zh": …, "en": …}
LEVELS = ("nation", "province", "city", "district")  # of government, the highest first


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic file. ``schema`` refers to the schema of a record's body, None for what is no record.

    A ``log`` is appended to and never compacted: its messages are batches, not states of a record.

    ``authorities`` are local names, ``producers`` and ``consumers`` holders of keys (services, the gateway);
    ``retention`` and ``sealing`` as written (ISO 8601 durations; None when the topic is not sealed).
    """

    topic: str
    kind: Literal["record", "heartbeat", "dead-letter", "log"]
    department: str
    record_type: str | None
    schema: str | None
    section: str | None
    section_title: Label | None
    title: Label | None
    authorities: tuple[str, ...]
    producers: tuple[str, ...]
    consumers: tuple[str, ...]
    compatibility: str
    partitions: int
    retention: Mapping[str, str]
    sealing: Mapping[str, str] | None
    file: Path


@dataclass(frozen=True, slots=True)
class Authority:
    """An office: ``id`` is ``<instance>.<name>``; ``host`` the service that keeps its registry, None when it only reads."""

    id: str
    instance: str
    name: str
    title: Label
    uscc: str
    division: str
    level: str
    parent: str | None
    host: str | None
    sector: str
    valid_from: date
    valid_until: date | None
    successor: str | None
    file: Path


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A parameter's value from a day (included) until a day (excluded, None: still in force)."""

    value: Any
    since: date
    until: date | None
    legal_basis: str
    level: str
    doubtful: bool = False  # the norm was not read in its present text


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that law or a level of government sets, with its history and the bounds of a lower level's choice.

    ``issuing`` is the level whose law it is (None: the highest among the values'); ``bounds`` may hold ``minimum``,
    ``maximum`` and ``levels``, the lower levels that may choose (default: every one).
    """

    name: str
    title: Label
    unit: str
    bounds: Mapping[str, Any] | None
    values: tuple[DatedValue, ...]
    file: Path
    issuing: str | None = None

    def value(self, on: date) -> Any:
        """The value in force on ``on``; NotYetInForce (a LookupError) before the first one."""
        for dated in self.values:
            if dated.since <= on and (dated.until is None or on < dated.until):
                return dated.value
        if self.values and on < self.values[0].since:
            raise NotYetInForce(self.name, on, self.values[0].since)
        raise LookupError(f"parameter {self.name} has no value on {on}")


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a code list; without days it is valid always. ``successors`` took its place when it ended."""

    code: str
    zh: str
    en: str | None
    valid_from: date | None
    valid_until: date | None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codelist:
    """``extends`` names the list that these codes belong to: a file of its own for what another source knows."""

    name: str
    title: Label
    norm: str | None
    source: str | None
    codes: Mapping[str, Code]
    file: Path
    extends: str | None = None

    def document(self) -> dict[str, Any]:
        """As the gateway serves it: name, title, norm, entries."""
        entries = []
        for code in self.codes.values():
            entry: dict[str, Any] = {"code": code.code, "zh": code.zh}
            if code.en is not None:
                entry["en"] = code.en
            entry |= {k: d.isoformat() for k in ("valid_from", "valid_until") if (d := getattr(code, k)) is not None}
            entries.append(entry)
        document = {"name": self.name, "title": dict(self.title), "norm": self.norm, "source": self.source}
        return {k: v for k, v in document.items() if v is not None} | {"entries": entries}
