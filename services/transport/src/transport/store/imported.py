"""What an import asks of the registry, for a whole batch at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.licences import LIVE
from transport.domain.vehicles import Vehicle as VehicleValue
from transport.store.bulk import among
from transport.store.plates import number_blind
from transport.tables import Deceased, DrivingLicence, Plate, Vehicle

PlateKey = tuple[str, bytes]
"""Type and blind index of the number."""


def plate_blind(vehicle: VehicleValue) -> PlateKey:
    assert vehicle.plate is not None, "an imported vehicle carries a plate"
    return vehicle.plate.type, number_blind(vehicle.plate)


async def holders_of_file_numbers(session: AsyncSession, blinds: Sequence[bytes]) -> dict[bytes, str]:
    query = select(DrivingLicence.file_number_blind, DrivingLicence.holder)
    found = await session.exec(query.where(among(col(DrivingLicence.file_number_blind), blinds)))
    return {bytes(blind): holder for blind, holder in found}


async def live_licence_holders(session: AsyncSession, holders: Sequence[str]) -> set[str]:
    query = select(DrivingLicence.holder).where(col(DrivingLicence.state).in_(LIVE))
    return set(await session.exec(query.where(among(col(DrivingLicence.holder), holders))))


async def deceased(session: AsyncSession, people: Sequence[str]) -> set[str]:
    return set(await session.exec(select(Deceased.pseudonym).where(among(col(Deceased.pseudonym), people))))


async def owners_of_vins(session: AsyncSession, vins: Sequence[bytes]) -> dict[bytes, str]:
    query = select(Vehicle.vin_blind, Vehicle.owner).where(Vehicle.state == "registered")
    return {bytes(vin): owner for vin, owner in await session.exec(query.where(among(col(Vehicle.vin_blind), vins)))}


async def taken_plates(session: AsyncSession, plates: Sequence[PlateKey]) -> set[PlateKey]:
    """Those that are on a vehicle or kept for somebody; an import founds no right to another's plate."""
    query = select(Plate.type, Plate.number_blind).where(
        among(col(Plate.number_blind), (blind for _, blind in plates)),
        col(Plate.vehicle).is_not(None) | col(Plate.kept_for).is_not(None),
    )
    return {(kind, bytes(blind)) for kind, blind in await session.exec(query)}


async def make_room(session: AsyncSession, plates: Sequence[PlateKey]) -> None:
    """Forget that plates were once on other vehicles: those that are free stand in the table too."""
    free = delete(Plate).where(
        among(col(Plate.number_blind), (blind for _, blind in plates)),
        col(Plate.vehicle).is_(None),
        col(Plate.kept_for).is_(None),
    )
    await (await session.connection()).execute(free)
