"""Residential parking permits: a vehicle of the applicant, an address in the zone, a quota per household."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from transport.domain.days import add_months
from transport.domain.problems import (
    NotResident,
    PermitStateForbids,
    QuotaReached,
    VehicleNotOwned,
)

State = Literal["applied", "granted", "refused", "withdrawn", "ended"]
LIVE: tuple[State, ...] = ("applied", "granted")


@dataclass(frozen=True, slots=True)
class Zone:
    """A parking zone; ``areas`` are the leading digits of the divisions or neighbourhoods that it covers."""

    code: str
    areas: tuple[str, ...]

    def covers(self, place: str | None) -> bool:
        """Whether an address registered at ``place`` (division or neighbourhood code; None: nowhere) lies in it."""
        return place is not None and place.startswith(self.areas)


@dataclass(frozen=True, slots=True)
class Decision:
    """What every decision must say (authority and legal basis stand in the record's envelope)."""

    outcome: State
    on: date
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Permit:
    state: State
    zone: str
    applied_on: date
    valid_from: date | None = None
    valid_until: date | None = None
    decision: Decision | None = None


def may_apply(
    *, owner: str | None, applicant: str, residence: str | None, zone: Zone, household_live: int, quota: int
) -> None:
    """The grounds, in the order in which an applicant can mend them; asked at application and again at decision."""
    if owner != applicant:
        raise VehicleNotOwned
    if not zone.covers(residence):
        raise NotResident
    if household_live >= quota:
        raise QuotaReached


def grant(permit: Permit, on: date, months: int, decision: Decision) -> Permit:
    """Granted from ``on`` for ``months``, last day included."""
    _require(permit, "applied")
    until = add_months(on, months) - timedelta(days=1)
    return replace(permit, state="granted", valid_from=on, valid_until=until, decision=decision)


def refuse(permit: Permit, decision: Decision) -> Permit:
    _require(permit, "applied")
    return replace(permit, state="refused", decision=decision)


def withdraw(permit: Permit, on: date) -> Permit:
    """The holder gives it up, before or after the decision."""
    _require(permit, *LIVE)
    return replace(permit, state="withdrawn", valid_until=on if permit.state == "granted" else None)


def end(permit: Permit, decision: Decision) -> Permit:
    """The office ends it because its grounds are gone (move, transfer of the vehicle, death)."""
    _require(permit, *LIVE)
    return replace(
        permit, state="ended", valid_until=decision.on if permit.state == "granted" else None, decision=decision
    )


def _require(permit: Permit, *states: State) -> None:
    if permit.state not in states:
        raise PermitStateForbids(f"The permit is {permit.state}")
