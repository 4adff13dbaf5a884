"""A record's whole new state in its envelope, as the contract says, whatever the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

import orjson
from onewindow_kit.clock import now, stamp
from onewindow_kit.records import Record

Change = Literal["created", "varied", "corrected", "merged", "ended"]
UNKNOWN = "?"
"""Before the old name of somebody who turned out to be two people, until it is decided whose a record is."""


def record(
    topic: str,
    urn: str,
    version: int,
    change: Change,
    authority: str,
    on: date,
    legal_basis: str,
    subjects: Iterable[dict[str, Any]],
    body: dict[str, Any],
) -> Record:
    """One version of a record, made now; ``on`` is its day in law."""
    recorded_at = now()
    envelope = {
        "urn": urn,
        "version": version,
        "change": change,
        "authority": authority,
        "effective_on": on,
        "recorded_at": stamp(recorded_at),
        "legal_basis": legal_basis,
        "contract": topic,
        "subjects": list(subjects),
        "body": body,
    }
    data = orjson.dumps(envelope)
    return Record(topic, urn, version, change, authority, data, recorded_at, ended=change == "ended")


def subject(pseudonym: str, role: str, since: date) -> list[dict[str, Any]]:
    """The one person whom a record is about; nobody while that is not known."""
    if pseudonym.startswith(UNKNOWN):
        return []
    return [{"pseudonym": pseudonym, "role": role, "from": since, "until": None, "part": None}]
