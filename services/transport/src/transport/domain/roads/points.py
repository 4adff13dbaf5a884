"""Points: twelve months from the first licence, what passes on at the end, what twelve points mean (Order 163)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from transport.domain.days import add_months
from transport.domain.roads.problems import NoPoints, ReductionLimit, RoadTestRequired, StudyTooShort

Carry = Literal["all", "unpaid"]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of a cycle."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Given:
    """Points of one violation that count in a cycle, and when its fine was paid."""

    violation: str
    points: int
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class FullRules:
    """Dated parameters as of the day on which twelve points were reached."""

    ordinary: int
    ordinary_most: int
    large: int
    large_most: int
    large_classes: Collection[str]
    road_test_from: int


@dataclass(frozen=True, slots=True)
class Duty:
    """What brings a retained licence back."""

    study_days: int
    road_test: bool


def span(first_issued_on: date, day: date, months: int) -> Span:
    """The cycle in which ``day`` lies; counted on from the first licence without a gap."""
    passed = (day.year - first_issued_on.year) * 12 + day.month - first_issued_on.month  # not a rule: months a year
    number = max(0, passed // months)
    start = add_months(first_issued_on, number * months)
    if start > day and number > 0:
        number -= 1
        start = add_months(first_issued_on, number * months)
    return Span(start, add_months(first_issued_on, (number + 1) * months) - DAY)


def total(given: Iterable[int], taken_off: Iterable[int]) -> int:
    """Points that count: what was given, less reductions, never below none."""
    return max(0, sum(given) - sum(taken_off))


def passing_on(given: Sequence[Given], stand: int, ends_on: date, full: int, rule: Carry) -> list[Given]:
    """What the next cycle begins with.

    Twelve points that stand clear only by study and examination, whatever was paid. Below that, points of fines paid by
    the last day clear; open ones pass on, or under the older rule all of them while any fine is open.
    """
    if stand >= full:
        return list(given)
    unpaid = [each for each in given if each.paid_on is None or each.paid_on > ends_on]
    return list(given) if unpaid and rule == "all" else unpaid


def reduce(stand: int, worth: int, reduced: int, most: int) -> int:
    """How many points a reduction takes off now; refused above the cycle's limit or where none count."""
    if reduced + worth > most:
        raise ReductionLimit
    if stand < 1:
        raise NoPoints
    return min(worth, stand)


def duty(times: int, stand: int, full: int, classes: Collection[str], rules: FullRules) -> Duty:
    """Each further time, or each further twelve points, adds study; from some time on a road test is due."""
    count = max(times, stand // full)
    large = not set(classes).isdisjoint(rules.large_classes)
    days, most = (rules.large, rules.large_most) if large else (rules.ordinary, rules.ordinary_most)
    return Duty(min(days * count, most), count >= rules.road_test_from)


def fulfilled(needed: Duty, studied_days: int, road_tested: bool) -> None:
    if studied_days < needed.study_days:
        raise StudyTooShort(f"{needed.study_days} days are due")
    if needed.road_test and not road_tested:
        raise RoadTestRequired


def on_probation(
    classes: Iterable[str], first_issued_on: date, added: Mapping[str, date], on: date, months: int
) -> tuple[str, ...]:
    """Classes whose first months are not over on a day: with the first licence all, later those that were added."""
    return tuple(name for name in classes if add_months(added.get(name, first_issued_on), months) > on)
