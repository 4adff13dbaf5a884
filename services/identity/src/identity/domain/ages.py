"""Ages and terms in years and months."""

from __future__ import annotations

import calendar
from datetime import date

MONTHS_A_YEAR = 12  # not a rule: the calendar


def age(birth_date: date, on: date) -> int:
    """Full years of life; negative before birth."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def months_after(day: date, months: int) -> date:
    """The corresponding day; the last of the month where there is none (民法典 202)."""
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    return months_after(day, MONTHS_A_YEAR * years)
