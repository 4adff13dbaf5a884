"""A plate quota: one car within its term; not used it is forfeited, and its holder is barred for a while."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from transport.domain.days import add_months, add_years

State = Literal["live", "used", "forfeited", "returned"]


@dataclass(frozen=True, slots=True)
class Quota:
    state: State
    valid_from: date
    valid_until: date
    vehicle: str | None = None
    barred_until: date | None = None


def award(on: date, months: int) -> Quota:
    """Good from ``on`` for ``months``, last day included."""
    return Quota("live", on, add_months(on, months) - timedelta(days=1))


def usable(quota: Quota, on: date) -> bool:
    return quota.state == "live" and quota.valid_from <= on <= quota.valid_until


def use(quota: Quota, vehicle: str) -> Quota:
    return replace(quota, state="used", vehicle=vehicle)


def forfeit(quota: Quota, bar_years: int) -> Quota:
    """Not used in time: the bar counts from its last day."""
    return replace(quota, state="forfeited", barred_until=add_years(quota.valid_until, bar_years))


def give_back(quota: Quota) -> Quota:
    """Taken back without fault: the holder turned out to have another one."""
    return replace(quota, state="returned")


def barred(quota: Quota, on: date, bar_years: int) -> bool:
    """Whether it bars its holder on that day; an expired one does before the office has written it down."""
    if quota.state == "live" and quota.valid_until < on:
        quota = forfeit(quota, bar_years)
    return quota.barred_until is not None and on <= quota.barred_until
