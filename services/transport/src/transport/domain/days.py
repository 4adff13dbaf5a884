"""Terms counted in whole years and months from a legal day (民法典 202: no such day, then the month's last)."""

from __future__ import annotations

import calendar
from datetime import date

from transport.domain.problems import DateOutOfRange

EARLIEST = date(1949, 10, 1)  # not a rule: before it there was no register


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later; the month's last day where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)  # not a rule: months a year
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_years(day: date, years: int) -> date:
    return add_months(day, 12 * years)  # not a rule: months a year


def plausible(today: date, **days: date | None) -> None:
    """Refuses the first of ``days`` that lies after today or before there was a register; None passes."""
    for name, day in days.items():
        if day is not None and not EARLIEST <= day <= today:
            raise DateOutOfRange(f"{name} lies in the future or before {EARLIEST.isoformat()}")


def not_before(earliest: date, **days: date | None) -> None:
    """Refuses the first of ``days`` that lies before ``earliest``; None passes."""
    for name, day in days.items():
        if day is not None and day < earliest:
            raise DateOutOfRange(f"{name} lies before {earliest.isoformat()}")
