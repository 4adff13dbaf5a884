"""The envelope around every record of the department, and who its subjects are."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal, Protocol

import orjson
from onewindow_contracts.common import share_text
from onewindow_kit.clock import stamp
from onewindow_kit.records import Record

from housing.domain.ownership import Ownership

Change = Literal["created", "varied", "corrected", "moved", "merged", "ended"]
UNCLEAR = "?"
"""Begins a pseudonym that a split left without a person: a record has no subject there until somebody decides."""

_stamp = lru_cache(maxsize=16)(stamp)
"""An import's thousands of records share one moment."""


class Entity(Protocol):
    """What every record is about: a thing with a URN, at a version, in an office's register."""

    @property
    def urn(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def authority(self) -> str: ...


def subject(pseudonym: str, role: str, since: date, until: date | None, part: str | None = None) -> dict[str, Any]:
    """One subject of a record."""
    return {"pseudonym": pseudonym, "role": role, "from": since, "until": until, "part": part}


def owners(owned: Ownership, role: str, until: date | None, since: date | None = None) -> list[dict[str, Any]]:
    """One entry for each owner; in joint ownership nobody has a part of one's own. ``since``: not before that day."""
    return [
        subject(
            holding.owner,
            role,
            max(holding.since, since) if since else holding.since,
            until,
            None if holding.share is None else share_text(holding.share),
        )
        for holding in owned.holdings
    ]


def record(
    topic: str,
    entity: Entity,
    change: Change,
    effective_on: date,
    recorded_at: datetime,
    legal_basis: str,
    subjects: list[dict[str, Any]],
    body: Mapping[str, Any],
) -> Record:
    """One version of a record as it is published."""
    envelope = {
        "urn": entity.urn,
        "version": entity.version,
        "change": change,
        "authority": entity.authority,
        "effective_on": effective_on,
        "recorded_at": _stamp(recorded_at),
        "legal_basis": legal_basis,
        "contract": topic,
        "subjects": [each for each in subjects if not each["pseudonym"].startswith(UNCLEAR)],
        "body": body,
    }
    data = orjson.dumps(envelope)
    ended = change == "ended"
    return Record(topic, entity.urn, entity.version, change, entity.authority, data, recorded_at, ended)
