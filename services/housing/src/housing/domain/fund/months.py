"""Calendar months, each named by its first day."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta


def month_of(text: str) -> date:
    """The first day of ``YYYY-MM``."""
    return date.fromisoformat(f"{text}-01")


def text_of(month: date) -> str:
    """``YYYY-MM``."""
    return f"{month:%Y-%m}"


def first(day: date) -> date:
    """The month of a day."""
    return day.replace(day=1)


def following(month: date) -> date:
    """The next month."""
    return month + timedelta(days=monthrange(month.year, month.month)[1])


def before(month: date) -> date:
    """The previous month."""
    return first(month - timedelta(days=1))


def deadline(month: date, days: int) -> date:
    """The last day to remit a month's contributions: ``days`` after the month's end."""
    return following(month) + timedelta(days=days - 1)


def span(start: date, end: date) -> Iterator[date]:
    """The months from ``start`` to ``end``, both included; none when the end lies before."""
    while start <= end:
        yield start
        start = following(start)


def unbroken(paid: set[date], last: date) -> int:
    """How many months up to ``last`` were paid without a gap."""
    count = 0
    while last in paid:
        count, last = count + 1, before(last)
    return count


def earlier(day: date, months: int) -> date:
    """The day ``months`` months ago, the month's last day where it has no such day."""
    month = first(day)
    for _ in range(months):
        month = before(month)
    return month.replace(day=min(day.day, monthrange(month.year, month.month)[1]))
