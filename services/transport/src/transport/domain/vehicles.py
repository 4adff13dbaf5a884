"""Vehicles: registration, transfer, marks, deregistration (机动车登记规定 15, 25, 26, 29, 44)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeVar

from transport.domain.days import add_years, not_before, plausible
from transport.domain.plates import Plate
from transport.domain.problems import (
    HolderDeceased,
    MarkNotFound,
    MortgageeMustJoin,
    SameOwner,
    TermOutOfBounds,
    VehicleFrozen,
    VehicleMortgaged,
    VehicleStateForbids,
)

State = Literal["registered", "deregistered"]
TransferGround = Literal["sale", "gift", "inheritance", "judgment", "division"]
DeregistrationReason = Literal["scrapped", "lost", "exported", "returned", "transferred-out"]


@dataclass(frozen=True, slots=True)
class Mortgage:
    id: str
    mortgagee_code: str
    mortgagee_name: str
    since: date


@dataclass(frozen=True, slots=True)
class Freeze:
    """Ordered by a court or authority; binds until the end of its last day."""

    id: str
    ordered_by: str
    document: str
    since: date
    until: date


Mark = TypeVar("Mark", Mortgage, Freeze)


@dataclass(frozen=True, slots=True)
class Vehicle:
    owner: str
    state: State
    plate: Plate | None
    plate_since: date | None
    owner_since: date
    mortgages: tuple[Mortgage, ...] = ()
    freezes: tuple[Freeze, ...] = ()


def frozen(vehicle: Vehicle, on: date) -> bool:
    return any(freeze.until >= on for freeze in vehicle.freezes)


def transfer(
    vehicle: Vehicle,
    to: str,
    on: date,
    ground: TransferGround,
    consenting: Collection[str],
    owner_deceased: bool,
) -> Vehicle:
    """The new owner's vehicle, without a plate: it gets a new one. A freeze blocks, every mortgagee joins.

    ``consenting`` holds ids of mortgages whose mortgagee joined. A deceased owner's vehicle passes to heirs only.
    """
    registered(vehicle)
    not_before(vehicle.owner_since, effective_on=on)
    if frozen(vehicle, on):
        raise VehicleFrozen
    if to == vehicle.owner:
        raise SameOwner
    if owner_deceased and ground not in ("inheritance", "judgment"):
        raise HolderDeceased
    if any(mortgage.id not in consenting for mortgage in vehicle.mortgages):
        raise MortgageeMustJoin
    return replace(vehicle, owner=to, owner_since=on, plate=None, plate_since=None)


def with_plate(vehicle: Vehicle, plate: Plate, on: date) -> Vehicle:
    registered(vehicle)
    return replace(vehicle, plate=plate, plate_since=on)


def deregister(vehicle: Vehicle, on: date) -> Vehicle:
    """Off the register; neither a frozen nor a mortgaged vehicle leaves it."""
    registered(vehicle)
    not_before(vehicle.owner_since, effective_on=on)
    if frozen(vehicle, on):
        raise VehicleFrozen
    if vehicle.mortgages:
        raise VehicleMortgaged
    return replace(vehicle, state="deregistered", plate=None, plate_since=None, freezes=())


def mortgage(vehicle: Vehicle, mark: Mortgage, today: date) -> Vehicle:
    registered(vehicle)
    plausible(today, since=mark.since)
    not_before(vehicle.owner_since, since=mark.since)
    if frozen(vehicle, mark.since):
        raise VehicleFrozen
    return replace(vehicle, mortgages=(*vehicle.mortgages, mark))


def discharge(vehicle: Vehicle, mark_id: str) -> Vehicle:
    return replace(vehicle, mortgages=_without(vehicle.mortgages, mark_id))


def freeze(vehicle: Vehicle, mark: Freeze, longest_years: int, today: date) -> Vehicle:
    """A freeze queues behind earlier ones; each has a last day within the law's bound."""
    registered(vehicle)
    plausible(today, since=mark.since)
    if not mark.since < mark.until <= add_years(mark.since, longest_years):
        raise TermOutOfBounds
    return replace(vehicle, freezes=(*vehicle.freezes, mark))


def lift(vehicle: Vehicle, mark_id: str) -> Vehicle:
    return replace(vehicle, freezes=_without(vehicle.freezes, mark_id))


def _without(marks: Iterable[Mark], mark_id: str) -> tuple[Mark, ...]:
    marks = tuple(marks)
    kept = tuple(mark for mark in marks if mark.id != mark_id)
    if len(kept) == len(marks):
        raise MarkNotFound
    return kept


def registered(vehicle: Vehicle) -> None:
    """VehicleStateForbids once the vehicle is off the register."""
    if vehicle.state != "registered":
        raise VehicleStateForbids
