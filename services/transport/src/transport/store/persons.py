"""Everything that the register holds about one person, whatever it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from onewindow_kit import db
from sqlalchemy import or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.tables import (
    Deceased,
    DrivingLicence,
    LotteryEntry,
    ParkingPermit,
    Plate,
    PlateQuota,
    PointsCycle,
    Report,
    Table,
    Vehicle,
    Violation,
)

HELD: dict[type[Table], tuple[str, ...]] = {
    Vehicle: ("owner",),
    DrivingLicence: ("holder",),
    Violation: ("owner", "driver"),
    PointsCycle: ("holder",),
    Report: ("reporter",),
    ParkingPermit: ("holder",),
    LotteryEntry: ("applicant",),
    PlateQuota: ("holder",),
}
"""Tables of records and their columns that name a person, in the order in which commands lock them."""


async def held_by(session: AsyncSession, name: str) -> list[Any]:
    """The rows of all records about a person, locked."""
    found: list[Any] = []
    for table, columns in HELD.items():
        names = or_(*(getattr(table, column) == name for column in columns))
        query = select(table).where(names).order_by(table.urn).with_for_update()  # type: ignore[attr-defined]  # each has one
        found += (await session.exec(query, execution_options={"populate_existing": True})).all()
    return found


async def by_urns(session: AsyncSession, urns: Sequence[str]) -> list[Any]:
    """The rows of these records, locked."""
    found: list[Any] = []
    for table in HELD:
        query = select(table).where(col(table.urn).in_(urns)).order_by(table.urn).with_for_update()  # type: ignore[attr-defined]  # each has one
        found += (await session.exec(query, execution_options={"populate_existing": True})).all()
    return found


def rename(row: Any, old: str, new: str) -> None:
    for column in HELD[type(row)]:
        if getattr(row, column) == old:
            setattr(row, column, new)


async def ended(session: AsyncSession, urns: Sequence[str]) -> set[str]:
    """Which of these records are over."""
    query = select(db.record.c.urn).where(db.record.c.urn.in_(urns), db.record.c.ended)
    return set((await session.exec(query)).all())


async def kept_plates(session: AsyncSession, name: str) -> list[Plate]:
    """Former plates kept for a person, locked."""
    query = select(Plate).where(Plate.kept_for == name).order_by(Plate.type, Plate.number_blind)
    return list((await session.exec(query.with_for_update())).all())


def plate_key(plate: Plate) -> str:
    """What stands for a plate's right where records stand by URN: neither number nor person."""
    return f"plate:{plate.type}:{bytes(plate.number_blind).hex()}"


async def died_on(session: AsyncSession, name: str) -> date | None:
    row = await session.get(Deceased, name)
    return None if row is None else row.died_on


async def move_plates(session: AsyncSession, plates: Sequence[Plate], new: str) -> None:
    for plate in plates:
        chosen = (col(Plate.type) == plate.type, col(Plate.number_blind) == plate.number_blind)
        await (await session.connection()).execute(update(Plate).where(*chosen).values(kept_for=new))
