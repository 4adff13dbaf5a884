"""Titles as the world sees them."""

from datetime import date, datetime

from onewindow_kit.records import Record

from housing.domain.title import Title
from housing.events.envelope import Change, owners, record

TITLE = "housing.title.v1"


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
    subjects = owners(title.ownership, "owner", title.ended_on)
    return record(TITLE, title, change, effective_on, recorded_at, legal_basis, subjects, body)


def area_text(hundredths: int) -> str:
    """``89.50`` for 8950 hundredths of a square metre."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def area_of(text: str) -> int:
    """8950 for ``89.50``."""
    return int(text.replace(".", ""))
