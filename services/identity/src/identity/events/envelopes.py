"""Envelopes: the form in which every record leaves, with its subjects by pseudonym."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from onewindow_kit.clock import stamp
from onewindow_kit.records import Record

from identity.events.office import Office


@dataclass(frozen=True, slots=True)
class Subject:
    """A person in a record; ``sector`` says by which pseudonym the person is named."""

    person: UUID
    role: str
    since: date
    until: date | None = None
    part: str | None = None
    sector: str = "identity"

    def named(self, pseudonym: str) -> dict[str, Any]:
        return {
            "pseudonym": pseudonym,
            "role": self.role,
            "from": self.since.isoformat(),
            "until": None if self.until is None else self.until.isoformat(),
            "part": self.part,
        }


def record(
    office: Office,
    record_type: str,
    urn: str,
    version: int,
    change: str,
    effective_on: date,
    recorded_at: datetime,
    legal_basis: str,
    subjects: list[dict[str, Any]],
    body: dict[str, Any],
    *,
    ended: bool = False,
) -> Record:
    """One version of one record, ready to be published."""
    topic = f"identity.{record_type}.v1"
    envelope = {
        "urn": urn,
        "version": version,
        "change": change,
        "authority": office.authority,
        "effective_on": effective_on.isoformat(),
        "recorded_at": stamp(recorded_at),
        "legal_basis": legal_basis,
        "contract": topic,
        "subjects": subjects,
        "body": body,
    }
    return Record(topic, urn, version, change, office.authority, orjson.dumps(envelope), recorded_at, ended)
