"""Mortgages and freezes as the world sees them."""

from datetime import date, datetime

from onewindow_kit.records import Record

from housing.domain.freeze import Freeze
from housing.domain.mortgage import Mortgage
from housing.domain.ownership import Ownership
from housing.events.envelope import Change, owners, record, subject

MORTGAGE, FREEZE = "housing.mortgage.v1", "housing.freeze.v1"


def mortgage_record(
    mortgage: Mortgage, owned: Ownership, change: Change, effective_on: date, recorded_at: datetime, legal_basis: str
) -> Record:
    """A mortgage at its version; its subjects are the title's present owners, because it follows the unit, and the creditor
    where it is known here."""
    body = {
        "title": mortgage.title,
        "unit_code": mortgage.unit_code,
        "kind": mortgage.kind,
        "mortgagee_name": mortgage.mortgagee_name,
        "mortgagee_code": mortgage.mortgagee_code,
        "secured_fen": mortgage.secured,
        "debt_from": mortgage.debt_from,
        "debt_until": mortgage.debt_until,
        "no_transfer": mortgage.no_transfer,
        "certificate_number": mortgage.certificate_number,
        "rank": mortgage.rank,
        "registered_on": mortgage.registered_on,
        "released_on": mortgage.released_on,
        "ended_on": mortgage.ended_on,
    }
    subjects = owners(owned, "mortgagor", mortgage.ended_on, mortgage.registered_on)
    if mortgage.mortgagee:
        subjects.append(subject(mortgage.mortgagee, "mortgagee", mortgage.registered_on, mortgage.ended_on))
    return record(MORTGAGE, mortgage, change, effective_on, recorded_at, legal_basis, subjects, body)


def freeze_record(
    freeze: Freeze, owned: Ownership, change: Change, effective_on: date, recorded_at: datetime, legal_basis: str
) -> Record:
    """A freeze at its version; its subjects are the title's present owners."""
    body = {
        "title": freeze.title,
        "unit_code": freeze.unit_code,
        "ordered_by": freeze.ordered_by,
        "order_number": freeze.order_number,
        "since": freeze.since,
        "until": freeze.until,
        "ended_on": freeze.ended_on,
        "queue_place": freeze.place,
    }
    subjects = owners(owned, "owner", freeze.ended_on, freeze.since)
    return record(FREEZE, freeze, change, effective_on, recorded_at, legal_basis, subjects, body)
