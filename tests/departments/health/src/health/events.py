"""The department's records as the world sees them: envelope and body as ``records/health`` says."""

from datetime import date
from typing import Any

import orjson
from onewindow_kit.clock import now, stamp
from onewindow_kit.records import Record

from health.tables import CodeRow

CODE, VISIT, CASE, ACT = "health.code.v1", "health.visit.v1", "health.case.v1", "health.adverse-act.v1"
BASIS = "传染病防治法 第十二条"


def code_record(code: CodeRow, authority: str, change: str, legal_basis: str = BASIS) -> Record:
    """A code at its version."""
    body = {"colour": code.colour, "since": code.since}
    return _record(
        CODE, code.urn, code.version, authority, change, code.holder, "holder", code.since, body, legal_basis
    )


def visit_record(urn: str, authority: str, visitor: str, place: str, seen_on: date) -> Record:
    """That somebody was seen somewhere."""
    body = {"place": place, "seen_on": seen_on}
    return _record(VISIT, urn, 1, authority, "created", visitor, "visitor", seen_on, body, BASIS)


def _record(
    topic: str,
    urn: str,
    version: int,
    authority: str,
    change: str,
    person: str,
    role: str,
    day: date,
    body: dict[str, Any],
    legal_basis: str,
) -> Record:
    at = now()
    envelope = {
        "urn": urn,
        "version": version,
        "change": change,
        "authority": authority,
        "effective_on": day,
        "recorded_at": stamp(at),
        "legal_basis": legal_basis,
        "contract": topic,
        "subjects": [{"pseudonym": person, "role": role, "from": day, "until": None, "part": None}],
        "body": body,
    }
    return Record(topic, urn, version, change, authority, orjson.dumps(envelope), at)
