"""Licences, vehicles and parking permits as they are published.

A ``row`` is a table's row, or in an import a plain object with the same attributes.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

from onewindow_kit.records import Record

from transport.domain.licences import LIVE as LIVE_LICENCE
from transport.domain.permits import LIVE as LIVE_PERMIT
from transport.events.envelope import Act, Change, decision, record, subject
from transport.tables import DrivingLicence, Freeze, Mortgage, ParkingPermit, Vehicle

DRIVING_LICENCE = "transport.driving-licence.v1"
VEHICLE = "transport.vehicle.v1"
PARKING_PERMIT = "transport.parking-permit.v1"


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
        "decision": decision(row.decision_reason, row.decision_remedy),
    }
    about = subject(row.holder, "holder", row.first_issued_on)
    return record(DRIVING_LICENCE, row, act, change, about, body, ended=row.state not in LIVE_LICENCE)


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
    about = subject(row.owner, "owner", row.owner_since)
    return record(VEHICLE, row, act, change, about, body, ended=row.state != "registered")


def parking_permit(row: ParkingPermit, act: Act, change: Change) -> Record:
    body = {
        "zone": row.zone,
        "vehicle": row.vehicle,
        "plate_number": row.plate_number,
        "state": row.state,
        "applied_on": row.applied_on,
        "decide_by": row.decide_by,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "decision": decision(row.decision_reason, row.decision_remedy),
    }
    about = subject(row.holder, "holder", row.applied_on)
    return record(PARKING_PERMIT, row, act, change, about, body, ended=row.state not in LIVE_PERMIT)
