"""What transport tells the world: a record's whole new state in its envelope, as the contract says.

A ``row`` is a table's row, or in an import a plain object with the same attributes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, Literal

import orjson
from onewindow_kit.clock import now, stamp
from onewindow_kit.records import Record

from transport.domain.licences import LIVE as LIVE_LICENCE
from transport.domain.permits import LIVE as LIVE_PERMIT
from transport.tables import DrivingLicence, Freeze, Mortgage, ParkingPermit, Vehicle

Change = Literal["created", "varied", "corrected", "moved", "merged", "ended"]
TOPICS = {
    "driving-licence": "transport.driving-licence.v1",
    "vehicle": "transport.vehicle.v1",
    "parking-permit": "transport.parking-permit.v1",
}


@dataclass(frozen=True, slots=True)
class Act:
    """What stands behind a version: the office, the day in law and the norm."""

    authority: str
    effective_on: date
    legal_basis: str


def driving_licence(row: DrivingLicence | SimpleNamespace, act: Act, change: Change) -> Record:
    body = {
        "file_number": row.file_number,
        "classes": row.classes,
        "state": row.state,
        "term": row.term,
        "first_issued_on": row.first_issued_on,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "state_since": row.state_since,
        "state_until": row.state_until,
        "cancellation_reason": row.cancellation_reason,
        "decision": _decision(row.decision_reason, row.decision_remedy),
    }
    subject = _subject(row.holder, "holder", row.first_issued_on)
    return _record("driving-licence", row, act, change, subject, body, ended=row.state not in LIVE_LICENCE)


def vehicle(
    row: Vehicle | SimpleNamespace,
    mortgages: Sequence[Mortgage | SimpleNamespace],
    freezes: Sequence[Freeze],
    act: Act,
    change: Change,
) -> Record:
    plate = None
    if row.plate_number is not None:
        plate = {"type": row.plate_type, "number": row.plate_number, "since": row.plate_since}
    body = {
        "vin": row.vin,
        "plate": plate,
        "kind": row.kind,
        "make": row.make,
        "model": row.model,
        "colour": row.colour,
        "energy": row.energy,
        "use": row.use,
        "state": row.state,
        "first_registered_on": row.first_registered_on,
        "owner_since": row.owner_since,
        "mortgages": [
            {"id": m.id, "mortgagee_code": m.mortgagee_code, "mortgagee": m.mortgagee, "since": m.since}
            for m in mortgages
        ],
        "freezes": [
            {"id": f.id, "ordered_by": f.ordered_by, "document": f.document, "since": f.since, "until": f.until}
            for f in freezes
        ],
        "deregistration_reason": row.deregistration_reason,
    }
    subject = _subject(row.owner, "owner", row.owner_since)
    return _record("vehicle", row, act, change, subject, body, ended=row.state != "registered")


def parking_permit(row: ParkingPermit, act: Act, change: Change) -> Record:
    body = {
        "zone": row.zone,
        "vehicle": row.vehicle,
        "plate_number": row.plate_number,
        "state": row.state,
        "applied_on": row.applied_on,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "decision": _decision(row.decision_reason, row.decision_remedy),
    }
    subject = _subject(row.holder, "holder", row.applied_on)
    return _record("parking-permit", row, act, change, subject, body, ended=row.state not in LIVE_PERMIT)


def _decision(reason: str | None, remedy: str | None) -> dict[str, str | None] | None:
    return None if reason is None else {"reason": reason, "remedy": remedy}


def _subject(pseudonym: str, role: str, since: date) -> dict[str, Any]:
    return {"pseudonym": pseudonym, "role": role, "from": since, "until": None, "part": None}


def _record(
    record_type: str,
    row: DrivingLicence | Vehicle | ParkingPermit | SimpleNamespace,
    act: Act,
    change: Change,
    subject: dict[str, Any],
    body: dict[str, Any],
    *,
    ended: bool,
) -> Record:
    topic, recorded_at = TOPICS[record_type], now()
    envelope = {
        "urn": row.urn,
        "version": row.version,
        "change": change,
        "authority": act.authority,
        "effective_on": act.effective_on,
        "recorded_at": stamp(recorded_at),
        "legal_basis": act.legal_basis,
        "contract": topic,
        "subjects": [subject],
        "body": body,
    }
    return Record(topic, row.urn, row.version, change, act.authority, orjson.dumps(envelope), recorded_at, ended)
