"""Clock hours and legal days: the stretches of time in which a budget counts."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

HOUR_MS = 3_600_000
MINUTE_MS = 60_000
Per = Literal["hour", "day"]


class Period(NamedTuple):
    """``key`` sorts periods of one kind by time; ``name`` is ``2026-11-24T08Z`` or ``2026-11-24`` (legal day)."""

    key: bytes
    name: str


class Periods:
    """Hours of UTC, which are clock hours in every zone of whole hours, and days of ``zone`` (an IANA name)."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._days = lru_cache(maxsize=4096)(self._day)

    def of(self, per: Per, at: int) -> Period:
        """The period around ``at`` (unix milliseconds)."""
        return _hour(at // HOUR_MS) if per == "hour" else self._days(at // MINUTE_MS)

    def _day(self, minute: int) -> Period:
        day = datetime.fromtimestamp(minute * 60, self._zone).date()
        return Period(b"d" + day.toordinal().to_bytes(4, "big"), day.isoformat())


@lru_cache(maxsize=4096)
def _hour(hour: int) -> Period:
    return Period(b"h" + hour.to_bytes(4, "big"), datetime.fromtimestamp(hour * 3600, UTC).strftime("%Y-%m-%dT%HZ"))
