"""Time: instants are UTC with milliseconds; a legal day is the day in the office's time zone.

In development the legal day can be read from a file (``ONEWINDOW_LEGAL_DAY``), so that years pass in a minute.
"""

from __future__ import annotations

import calendar
import os
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

LEGAL_DAY = "ONEWINDOW_LEGAL_DAY"


def now() -> datetime:
    """The present instant in UTC, cut to milliseconds so that what is stored equals what is shown."""
    instant = datetime.now(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def today(time_zone: str = "Asia/Shanghai") -> date:
    """The legal day at the office."""
    if file := os.environ.get(LEGAL_DAY):
        return date.fromisoformat(Path(file).read_text().strip())
    return datetime.now(ZoneInfo(time_zone)).date()


def stamp(instant: datetime) -> str:
    """RFC 3339 in UTC with milliseconds, e.g. ``2026-11-24T10:00:00.123Z``."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def months_after(day: date, months: int) -> date:
    """The same day of a later month; that month's last day where it has no such day (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
