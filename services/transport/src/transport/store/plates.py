"""Plates in the database: taken by one statement, so that of two commands for one plate exactly one gets it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onewindow_kit.sealing import blind
from sqlalchemy import or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.plates import Plate as PlateValue
from transport.tables import HOLDER, Plate


def number_blind(plate: PlateValue) -> bytes:
    return blind(HOLDER, "plate.number", plate.number)


async def take(session: AsyncSession, plate: PlateValue, vehicle: str, owner: str, today: date) -> bool:
    """Put ``plate`` on ``vehicle``; False when it is on another one or kept for another person than ``owner``."""
    free = or_(
        col(Plate.kept_for).is_(None),
        col(Plate.kept_for) == owner,
        col(Plate.kept_until) < today,
    )
    statement = (
        insert(Plate)
        .values(type=plate.type, number_blind=number_blind(plate), number=plate.number, vehicle=vehicle)
        .on_conflict_do_update(
            index_elements=["type", "number_blind"],
            set_={"vehicle": vehicle, "kept_for": None, "kept_until": None},
            where=(col(Plate.vehicle).is_(None)) & free,
        )
        .returning(col(Plate.type))
    )
    return (await (await session.connection()).execute(statement)).one_or_none() is not None


async def take_off(session: AsyncSession, vehicle: str, kept_for: str, kept_until: date | None) -> None:
    """Take the plate off ``vehicle``; it is kept for its user until a day, or free at once (None)."""
    statement = (
        update(Plate)
        .where(col(Plate.vehicle) == vehicle)
        .values(vehicle=None, kept_for=None if kept_until is None else kept_for, kept_until=kept_until)
    )
    await (await session.connection()).execute(statement)


async def kept_for(session: AsyncSession, person: str, today: date) -> Sequence[Plate]:
    """Former plates that ``person`` may reclaim, soonest to end first."""
    query = select(Plate).where(Plate.kept_for == person, col(Plate.kept_until) >= today)
    return (await session.exec(query.order_by(col(Plate.kept_until), Plate.type).limit(1000))).all()


async def vehicle_with(session: AsyncSession, plate: PlateValue) -> str | None:
    """The URN of the vehicle that carries ``plate``."""
    query = select(Plate.vehicle).where(Plate.type == plate.type, Plate.number_blind == number_blind(plate))
    return (await session.exec(query)).one_or_none()
