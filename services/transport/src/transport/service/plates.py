"""Giving a vehicle its plate: chosen, reclaimed, or assigned by the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.plates import Plate, kept_until, random_plate
from transport.domain.problems import PlateOtherOffice, PlatesExhausted, PlateTaken
from transport.domain.vehicles import Vehicle
from transport.service.desk import Desk
from transport.store import plates

ATTEMPTS = 40  # not a rule: how long the office searches
"""A type's numbers are nearly used up when so many random ones in a row are taken."""
BATTERY = "C"


@dataclass(frozen=True, slots=True)
class Choice:
    """``number`` None lets the office assign one."""

    type: str
    number: str | None


async def assign(
    desk: Desk,
    session: AsyncSession,
    choice: Choice,
    *,
    vehicle: str,
    owner: str,
    energy: str,
    old: Plate | None = None,
) -> Plate:
    """Put the chosen or a free plate on the vehicle; never the one that just came off it (``old``)."""
    today = desk.today()
    prefixes = desk.rules.plate_prefixes(today)
    if choice.number is not None:
        plate = Plate(choice.type, choice.number)
        if plate.office not in prefixes:
            raise PlateOtherOffice
        if plate == old or not await plates.take(session, plate, vehicle, owner, today):
            raise PlateTaken
        return plate
    for _ in range(ATTEMPTS):
        plate = random_plate(choice.type, prefixes[0], battery=energy == BATTERY)
        if plate != old and await plates.take(session, plate, vehicle, owner, today):
            return plate
    raise PlatesExhausted


async def take_off(desk: Desk, session: AsyncSession, urn: str, vehicle: Vehicle, on: date) -> None:
    """Take the plate off; its user may reclaim it if it was used long enough."""
    if vehicle.plate is None or vehicle.plate_since is None:
        return
    until = kept_until(vehicle.plate_since, on, desk.rules.plates(on))
    await plates.take_off(session, urn, vehicle.owner, until)
