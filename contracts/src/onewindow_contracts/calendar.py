"""Working days: weekends, statutory holidays and make-up days, by which offices' deadlines count.

Three sources, the first that knows a day decides: ``calendars/<name>.yaml`` of the contracts folders, the chinesecalendar
library for the years that it knows, and the five-day week. Norm: 全国年节及纪念日放假办法, and each year's arrangement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from chinese_calendar.constants import holidays, workdays

from onewindow_contracts import loader
from onewindow_contracts.calendar_tables import CalendarTable, read
from onewindow_contracts.errors import ContractError

SATURDAY = 5
DAY = timedelta(days=1)
LIBRARY_REST, LIBRARY_WORK = frozenset(holidays), frozenset(workdays)
LIBRARY_YEARS = frozenset(day.year for day in LIBRARY_REST)


@dataclass(frozen=True)
class WorkingDays:
    """One calendar: ``given`` are the days that a table decides, ``years`` the years it names (True: doubtful)."""

    given: Mapping[date, bool]
    years: Mapping[int, bool]

    @classmethod
    def of(cls, contracts: loader.Contracts, name: str = "cn") -> WorkingDays:
        """The calendar ``name`` of these contracts; without a table for it, the library's and the weekends alone."""
        return _of(contracts, name)

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open on ``day``."""
        if (given := self.given.get(day)) is not None:
            return given
        if day.year in LIBRARY_YEARS and (day in LIBRARY_REST or day in LIBRARY_WORK):
            return day in LIBRARY_WORK
        return day.weekday() < SATURDAY

    def after(self, day: date, n: int) -> date:
        """The ``n``-th working day after ``day``, which itself never counts; ``day`` for 0, ValueError below.

        A term of three working days that begins on Thursday 24 September 2026 ends on the 30th: Mid-Autumn in between.
        """
        if n < 0:
            raise ValueError("a deadline lies ahead: n must not be negative")
        for _ in range(n):
            day += DAY
            while not self.is_working_day(day):
                day += DAY
        return day

    def doubtful(self, year: int) -> bool:
        """Whether holidays of ``year`` are not known for certain: not yet announced, or beyond every source."""
        return self.years.get(year, year not in LIBRARY_YEARS)


def is_working_day(day: date) -> bool:
    """Whether offices are open on ``day``, by the contracts that ``ONEWINDOW_CONTRACTS`` names."""
    return WorkingDays.of(loader.load()).is_working_day(day)


def working_day_after(day: date, n: int) -> date:
    """The ``n``-th working day after ``day``, by the contracts that ``ONEWINDOW_CONTRACTS`` names."""
    return WorkingDays.of(loader.load()).after(day, n)


@lru_cache(maxsize=8)
def _of(contracts: loader.Contracts, name: str) -> WorkingDays:
    tables = [read(file) for file in contracts.documents.files("calendars", (".yaml",))]
    chosen: CalendarTable | None = None
    for table in tables:
        if table.name == name:
            if chosen is not None:
                raise ContractError(table.file, "/calendar", f"is a second calendar {name}; the first is {chosen.file}")
            chosen = table
    return WorkingDays(chosen.days, chosen.years) if chosen else WorkingDays({}, {})
