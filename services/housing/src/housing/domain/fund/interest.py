"""Yearly interest on an account (积数计息法): each day's balance times that day's rate, rounded once.

The day on which money comes counts and the day on which it leaves does not, so that a period's last day is not in it.
A year of the formula has as many days as the norm says (360), whatever the calendar says. The sum of all days is exact;
it is rounded half up to the fen when it is credited.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from housing.domain.fund.money import half_up


@dataclass(frozen=True, slots=True)
class RateSpan:
    """A yearly rate from a day (included) until a day (excluded, None: open)."""

    since: date
    until: date | None
    rate: Fraction


def accrued(
    movements: Iterable[tuple[date, int]], since: date, until: date, rates: Sequence[RateSpan], year_days: int
) -> int:
    """Interest in fen for the days from ``since`` until ``until`` (excluded).

    ``movements``: value day and amount of each line; what lies before ``since`` is the opening balance.
    """
    exact, balance, day = Fraction(0), 0, since
    for value_on, amount in sorted(movements):
        if value_on >= until:
            break
        if value_on > day:
            exact += balance * _weight(day, value_on, rates)
            day = value_on
        balance += amount
    exact += balance * _weight(day, until, rates)
    return half_up(exact / year_days)


def _weight(since: date, until: date, rates: Sequence[RateSpan]) -> Fraction:
    """The sum of the rates of all days of a period."""
    total = Fraction(0)
    for span in rates:
        start, end = max(since, span.since), until if span.until is None else min(until, span.until)
        if start < end:
            total += span.rate * (end - start).days
    return total


def statutory_days(after: date, until: date, month_day: str) -> list[date]:
    """The days after ``after`` up to ``until`` on which interest is credited; ``month_day`` is ``MM-DD``."""
    years = range(after.year, until.year + 1)
    days = [date.fromisoformat(f"{year:04}-{month_day}") for year in years]
    return [day for day in days if after < day <= until]
