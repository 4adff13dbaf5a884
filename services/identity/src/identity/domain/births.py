"""A birth is declared within a month at either parent's register; a late one is accepted (户口登记条例 7)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import pairwise

from identity.domain.ages import months_after
from identity.domain.problems import DateInFuture, DateOutOfOrder, NotAParentsRegister, ParentRequired

EARLIEST = date(1850, 1, 1)  # not a rule: older than anybody who lives
"""No event of a living register lies before it."""


def not_in_future(day: date, today: date) -> date:
    """The day itself; DateInFuture after ``today``, DateOutOfOrder before any register."""
    if day > today:
        raise DateInFuture
    if day < EARLIEST:
        raise DateOutOfOrder
    return day


def in_order(*days: date | None) -> None:
    """DateOutOfOrder unless the days that are known do not fall."""
    known = [day for day in days if day is not None]
    if any(later < earlier for earlier, later in pairwise(known)):
        raise DateOutOfOrder


def declared_late(birth_date: date, declared_on: date, today: date, within_months: int) -> bool:
    """Whether the declaration came after its term. It is accepted all the same."""
    not_in_future(declared_on, today)
    if declared_on < birth_date:
        raise DateOutOfOrder
    return declared_on > months_after(birth_date, within_months)


def at_a_parents_register(household: str, parents_registers: Collection[str | None]) -> None:
    """``parents_registers``: where each named parent is registered, None for one who is in no register here."""
    if not parents_registers:
        raise ParentRequired
    if household not in parents_registers:
        raise NotAParentsRegister
