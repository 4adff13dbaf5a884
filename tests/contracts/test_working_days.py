"""Offices' deadlines count working days: weekends, statutory holidays, make-up days, and a table that overrules them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from onewindow_contracts import calendar
from onewindow_contracts.calendar import WorkingDays
from onewindow_contracts.errors import ContractError
from onewindow_contracts.lint import lint
from onewindow_contracts.loader import HOME, load

CN = WorkingDays.of(load([HOME]))
DAYS = st.dates(date(1998, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    "day, open_",
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 10, 7), False),  # a Wednesday, by exchange
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # the Saturday that makes up for it
        (date(2026, 9, 20), True),  # a Sunday that does
        (date(2026, 10, 11), False),  # an ordinary Sunday
        (date(2024, 2, 16), False),  # Spring Festival's Friday
        (date(2024, 2, 18), True),  # its make-up Sunday
        (date(2027, 10, 1), False),  # beyond the library: the law's own days
        (date(2027, 10, 4), True),  # the exchange is not announced
        (date(2035, 10, 1), True),  # beyond every source: a Monday
        (date(2035, 10, 6), False),
    ],
)
def test_days(day: date, open_: bool) -> None:
    assert CN.is_working_day(day) is open_


@pytest.mark.parametrize(
    "day, n, end",
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # Thursday, Friday, the make-up Saturday
        (date(2026, 9, 30), 4, date(2026, 10, 12)),
        (date(2026, 9, 24), 3, date(2026, 9, 30)),  # Mid-Autumn in between
        (date(2026, 10, 3), 1, date(2026, 10, 8)),  # asked for on a holiday
        (date(2026, 3, 2), 30, date(2026, 4, 14)),  # an office's thirty days, Qingming in between
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
    ],
)
def test_deadlines(day: date, n: int, end: date) -> None:
    assert CN.after(day, n) == end


@given(DAYS, st.integers(1, 60))
def test_a_deadline_is_a_working_day_with_n_of_them_up_to_it(day: date, n: int) -> None:
    end = CN.after(day, n)
    between = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert CN.is_working_day(end)
    assert sum(map(CN.is_working_day, between)) == n


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_deadlines_add_up(day: date, first: int, second: int) -> None:
    assert CN.after(CN.after(day, first), second) == CN.after(day, first + second)


@given(DAYS, DAYS, st.integers(0, 40))
def test_who_asks_later_is_answered_no_earlier(one: date, other: date, n: int) -> None:
    earlier, later = sorted((one, other))
    assert CN.after(earlier, n) <= CN.after(later, n)


@given(st.integers(2005, 2026))
def test_a_year_has_about_as_many_days_off_as_the_law_gives(year: int) -> None:
    days = [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
    weekdays = sum(day.weekday() < 5 for day in days)
    assert 0 <= weekdays - sum(map(CN.is_working_day, days)) <= 13


def test_the_past_has_no_deadline() -> None:
    with pytest.raises(ValueError, match="ahead"):
        CN.after(date(2026, 1, 1), -1)


def test_a_year_is_doubtful_until_it_is_announced() -> None:
    assert [CN.doubtful(year) for year in (2003, 2004, 2026, 2027, 2028)] == [True, False, False, True, True]


def test_the_functions_read_the_contracts_of_the_environment() -> None:
    assert calendar.working_day_after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert calendar.is_working_day(date(2026, 10, 10))


def test_a_table_overrules_the_library(parks: Path) -> None:
    table(parks, "{year: 2026, source: decree, rest: ['2026-10-08'], work: ['2026-10-04']}")
    days = WorkingDays.of(load([parks]))
    assert not days.is_working_day(date(2026, 10, 8))
    assert days.is_working_day(date(2026, 10, 4))
    assert days.after(date(2026, 9, 30), 2) == date(2026, 10, 9)
    assert not days.doubtful(2026)


def test_without_a_table_the_library_and_the_weekends_hold(parks: Path) -> None:
    days = WorkingDays.of(load([parks]))
    assert not days.is_working_day(date(2026, 10, 7)) and days.is_working_day(date(2027, 10, 1))


def test_a_changed_table_is_read_again(parks: Path) -> None:
    table(parks, "{year: 2028, source: decree, rest: ['2028-05-01'], work: []}")
    assert not WorkingDays.of(load([parks])).is_working_day(date(2028, 5, 1))
    table(parks, "{year: 2028, source: decree, rest: [], work: [], doubtful: true}")
    assert WorkingDays.of(load([parks])).is_working_day(date(2028, 5, 1))


@pytest.mark.parametrize(
    "year, what",
    [
        ("{year: 2026, source: s, rest: ['2026-10-08'], work: ['2026-10-08']}", "listed twice"),
        ("{year: 2026, source: s, rest: ['2025-10-08'], work: []}", "no day of 2026"),
        ("{year: 2026, source: s, rest: ['2026-02-30'], work: []}", "not a real day"),
        ("{year: 2026, source: s, rest: [], work: [], off: []}", "unknown keys: off"),
        ("{year: 2026, rest: [], work: []}", "/source"),
        ("{year: '2026', source: s, rest: [], work: []}", "wrong kind"),
    ],
)
def test_a_wrong_table_is_refused_by_name(parks: Path, year: str, what: str) -> None:
    table(parks, year)
    with pytest.raises(ContractError, match=what) as refused:
        WorkingDays.of(load([parks]))
    assert "cn.yaml" in str(refused.value)


@pytest.mark.parametrize(
    "year, rule",
    [
        ("{year: 2026, source: s, rest: [], work: ['2026-10-08']}", "calendar"),
        ("{year: 2031, source: s, rest: [], work: []}", "calendar"),
        ("{year: 2031, source: s, rest: ['2031-02-30'], work: []}", "unreadable"),
    ],
)
def test_a_wrong_table_is_found_before_anybody_counts_by_it(parks: Path, year: str, rule: str) -> None:
    table(parks, year)
    assert [(f.rule, f.file.name) for f in lint([parks])] == [(rule, "cn.yaml")]


def table(folder: Path, year: str) -> None:
    (folder / "calendars").mkdir(exist_ok=True)
    head = "calendar: cn\ntitle: {zh: 假日, en: Holidays}\nnorm: decree\nyears:\n"
    (folder / "calendars/cn.yaml").write_text(f"{head}  - {year}\n", "utf-8")
