"""Residence permits: after half a year of registered stay with job, home or schooling; endorsed yearly.

A late endorsement suspends the permit; endorsing it revives it and restarts the count of years (居住证暂行条例 2, 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from identity.domain.ages import months_after
from identity.domain.problems import DateOutOfOrder
from identity.domain.refusals import (
    EndorsementTooEarly,
    PermitEnded,
    PermitHeld,
    StayNotAdmissible,
    StayRequired,
    StayTooShort,
)
from identity.domain.standing import Standing, alive


class PermitState(StrEnum):
    VALID = "valid"
    SUSPENDED = "suspended"
    ENDED = "ended"


@dataclass(frozen=True)
class Terms:
    """Months between two endorsements, and the last of them in which one is endorsed."""

    every: int
    window: int


@dataclass(frozen=True)
class Endorsed:
    """From when years count, and the last day for the next endorsement."""

    counted_from: date
    endorse_by: date


def may_stay(standing: Standing) -> None:
    """A stay is registered for who is registered elsewhere."""
    alive(standing)
    if standing is not Standing.ELSEWHERE:
        raise StayNotAdmissible


def may_hold(counted_from: date | None, on: date, months: int, held: bool) -> None:
    """``counted_from``: since when the registered stay goes on, None without one; ``months``: how long it must last."""
    if held:
        raise PermitHeld
    if counted_from is None:
        raise StayRequired
    if on < months_after(counted_from, months):
        raise StayTooShort


def granted(on: date, terms: Terms) -> date:
    """The last day for the first endorsement."""
    return months_after(on, terms.every)


def endorse(
    state: PermitState, counted_from: date, endorsed_on: date, endorse_by: date, on: date, terms: Terms
) -> Endorsed:
    """In the window the count goes on and so does the yearly day; a late endorsement starts both anew."""
    if state is PermitState.ENDED:
        raise PermitEnded
    if on < endorsed_on:
        raise DateOutOfOrder
    if on > endorse_by:
        return Endorsed(on, months_after(on, terms.every))
    if on < months_after(endorse_by, -terms.window):
        raise EndorsementTooEarly
    return Endorsed(counted_from, months_after(endorse_by, terms.every))


def suspended_from(endorse_by: date) -> date:
    """The first day on which a permit that was not endorsed is suspended."""
    return endorse_by + timedelta(days=1)
