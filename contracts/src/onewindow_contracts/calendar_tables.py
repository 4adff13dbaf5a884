"""Reads ``calendars/<name>.yaml``: per year the days off and the make-up days that overrule every other source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onewindow_contracts.documents import parse
from onewindow_contracts.errors import ContractError
from onewindow_contracts.fields import Fields


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """``days``: True for a make-up day, False for a day off; ``years``: True when the year's arrangement is doubtful."""

    name: str
    days: Mapping[date, bool]
    years: Mapping[int, bool]
    file: Path


def read(file: Path) -> CalendarTable:
    """The table in ``file``; ContractError for an unknown key, a day outside its year, or one that is both."""
    f = Fields(parse(file), file)
    name = f.take("calendar", str)
    f.label("title")
    f.take("norm", str)
    days: dict[date, bool] = {}
    years: dict[int, bool] = {}
    for y in f.items("years"):
        year = y.take("year", int)
        if year in years:
            raise ContractError(file, y.place, f"is a second entry for {year}")
        years[year] = y.take("doubtful", bool, False)
        y.take("source", str)
        for key, works in (("rest", False), ("work", True)):
            for place, day in _days(y, key):
                if day.year != year:
                    raise ContractError(file, place, f"{day} is no day of {year}")
                if day in days:
                    raise ContractError(file, place, f"{day} is listed twice")
                days[day] = works
        y.close()
    f.close()
    if file.stem != name:
        raise ContractError(file, "/calendar", f"the file is not named {name}: people look for it there")
    return CalendarTable(name, days, years, file)


def _days(fields: Fields, key: str) -> Iterator[tuple[str, date]]:
    for index, text in enumerate(fields.names(key)):
        place = f"{fields.place}/{key}/{index}"
        try:
            yield place, date.fromisoformat(text)
        except ValueError as error:
            raise ContractError(fields.file, place, "is not a real day, YYYY-MM-DD") from error
