"""What the register itself says of many applicants at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.store.bulk import among
from transport.tables import DrivingLicence, Vehicle

CARS = "K%"
"""Kinds of passenger cars (GA 24.4)."""


async def with_valid_licence(session: AsyncSession, people: Collection[str], on: date) -> set[str]:
    """Those whose licence is in force on a day."""
    query = select(DrivingLicence.holder).where(
        among(col(DrivingLicence.holder), people),
        DrivingLicence.state == "valid",
        col(DrivingLicence.valid_until).is_(None) | (col(DrivingLicence.valid_until) >= on),
    )
    return set(await session.exec(query))


async def with_car(session: AsyncSession, people: Collection[str]) -> set[str]:
    """Those in whose name a car is registered."""
    query = select(Vehicle.owner).where(
        among(col(Vehicle.owner), people), Vehicle.state == "registered", col(Vehicle.kind).like(CARS)
    )
    return set(await session.exec(query))
