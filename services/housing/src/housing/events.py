"""The register's records as the world sees them: envelope and body as ``contracts/records/housing`` says."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

import orjson
from onewindow_contracts.common import share_text
from onewindow_kit.clock import stamp
from onewindow_kit.records import Record

from housing.domain.freeze import Freeze
from housing.domain.mortgage import Mortgage
from housing.domain.ownership import Ownership
from housing.domain.title import Title

TITLE, MORTGAGE, FREEZE = "housing.title.v1", "housing.mortgage.v1", "housing.freeze.v1"
TOPICS = {"title": TITLE, "mortgage": MORTGAGE, "freeze": FREEZE}

_stamp = lru_cache(maxsize=16)(stamp)
"""An import's thousands of records share one moment."""

Change = Literal["created", "varied", "corrected", "moved", "ended"]


def title_record(title: Title, change: Change, effective_on: date, recorded_at: datetime, legal_basis: str) -> Record:
    """A title at its version; its owners are the subjects, and nobody's name is in it."""
    body = {
        "unit_code": title.unit_code,
        "address": title.address,
        "area_m2": area_text(title.area),
        "use": title.use,
        "ownership": title.ownership.form,
        "certificate_number": title.certificate_number,
        "entry": title.entry,
        "cause": title.cause,
        "registered_on": title.registered_on,
        "price_fen": title.price,
        "disposable": title.disposable,
    }
    subjects = _subjects(title.ownership, "owner", title.ended_on)
    return _record(TITLE, title, change, effective_on, recorded_at, legal_basis, subjects, body)


def mortgage_record(
    mortgage: Mortgage, owners: Ownership, change: Change, effective_on: date, recorded_at: datetime, legal_basis: str
) -> Record:
    """A mortgage at its version; its subjects are the title's present owners, because it follows the unit."""
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
    subjects = _subjects(owners, "mortgagor", mortgage.ended_on, mortgage.registered_on)
    return _record(MORTGAGE, mortgage, change, effective_on, recorded_at, legal_basis, subjects, body)


def freeze_record(
    freeze: Freeze, owners: Ownership, change: Change, effective_on: date, recorded_at: datetime, legal_basis: str
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
    }
    subjects = _subjects(owners, "owner", freeze.ended_on, freeze.since)
    return _record(FREEZE, freeze, change, effective_on, recorded_at, legal_basis, subjects, body)


def area_text(hundredths: int) -> str:
    """``89.50`` for 8950 hundredths of a square metre."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def area_of(text: str) -> int:
    """8950 for ``89.50``."""
    return int(text.replace(".", ""))


def _subjects(owners: Ownership, role: str, until: date | None, since: date | None = None) -> list[dict[str, Any]]:
    """One entry for each owner; in joint ownership nobody has a part of one's own. ``since``: not before that day."""
    return [
        {
            "pseudonym": holding.owner,
            "role": role,
            "from": max(holding.since, since) if since else holding.since,
            "until": until,
            "part": None if holding.share is None else share_text(holding.share),
        }
        for holding in owners.holdings
    ]


def _record(
    topic: str,
    entity: Title | Mortgage | Freeze,
    change: Change,
    effective_on: date,
    recorded_at: datetime,
    legal_basis: str,
    subjects: list[dict[str, Any]],
    body: dict[str, Any],
) -> Record:
    envelope = {
        "urn": entity.urn,
        "version": entity.version,
        "change": change,
        "authority": entity.authority,
        "effective_on": effective_on,
        "recorded_at": _stamp(recorded_at),
        "legal_basis": legal_basis,
        "contract": topic,
        "subjects": subjects,
        "body": body,
    }
    data = orjson.dumps(envelope)
    ended = change == "ended"
    return Record(topic, entity.urn, entity.version, change, entity.authority, data, recorded_at, ended)
