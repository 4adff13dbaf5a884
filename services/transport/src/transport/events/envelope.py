"""A record's whole new state in its envelope, as the contract says, whatever the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

import orjson
from onewindow_kit.clock import now, stamp
from onewindow_kit.records import Record

Change = Literal["created", "varied", "corrected", "moved", "merged", "ended"]
UNKNOWN = "?"
"""How the name begins of a holder who is not known at present: two people were split, nobody has decided whose it is."""


@dataclass(frozen=True, slots=True)
class Act:
    """What stands behind a version: the office, the day in law and the norm."""

    authority: str
    effective_on: date
    legal_basis: str


class Versioned(Protocol):
    """A table's row, or in an import a plain object with the same attributes."""

    urn: str
    version: int


def record(
    topic: str,
    row: Versioned,
    act: Act,
    change: Change,
    subjects: Iterable[dict[str, Any]],
    body: dict[str, Any],
    *,
    ended: bool,
) -> Record:
    """The version that the row is at."""
    recorded_at = now()
    envelope = {
        "urn": row.urn,
        "version": row.version,
        "change": change,
        "authority": act.authority,
        "effective_on": act.effective_on,
        "recorded_at": stamp(recorded_at),
        "legal_basis": act.legal_basis,
        "contract": topic,
        "subjects": list(subjects),
        "body": body,
    }
    return Record(topic, row.urn, row.version, change, act.authority, orjson.dumps(envelope), recorded_at, ended)


def subject(pseudonym: str, role: str, since: date) -> list[dict[str, Any]]:
    """The one person whom a record is about; nobody while that is not known."""
    if pseudonym.startswith(UNKNOWN):
        return []
    return [{"pseudonym": pseudonym, "role": role, "from": since, "until": None, "part": None}]


def decision(reason: str | None, remedy: str | None) -> dict[str, str | None] | None:
    return None if reason is None else {"reason": reason, "remedy": remedy}
