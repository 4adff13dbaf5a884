"""Revocations and locks, as every process that verifies tokens follows them."""

from __future__ import annotations

from datetime import date

from onewindow_kit.clock import stamp
from onewindow_kit.records import Record

from oversight.events import TOPICS
from oversight.events.envelope import record
from oversight.tables import Lock, Revocation

BASIS = "个人信息保护法 第五十一条"


def revocation(row: Revocation, authority: str, on: date) -> Record:
    """In force until its version ``ended``."""
    body = {
        "kind": row.kind,
        "value": row.value,
        "organisation": row.organisation,
        "reason": (row.lifted or row.put)["reason"],
        "since": row.put["at"],
        "until": None if row.until is None else stamp(row.until),
    }
    change = "ended" if row.lifted else "created"
    return record(TOPICS["revocation"], row.urn, row.version, change, authority, on, BASIS, [], body)


def lock(row: Lock, authority: str, on: date) -> Record:
    """In force until its version ``ended``."""
    body = {
        "organisation": row.organisation,
        "officer": row.officer,
        "cause": row.cause,
        "reason": (row.lifted or row.put)["reason"],
        "since": row.put["at"],
    }
    change = "ended" if row.lifted else "created"
    return record(TOPICS["lock"], row.urn, row.version, change, authority, on, BASIS, [], body)
