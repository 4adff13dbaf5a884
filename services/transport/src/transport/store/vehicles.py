"""Vehicles and the marks on them in the database."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow_kit.sealing import blind
from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain import vehicles as domain
from transport.domain.plates import Plate
from transport.tables import HOLDER, Freeze, Mortgage, Vehicle


def vin_blind(vin: str) -> bytes:
    return blind(HOLDER, "vehicle.vin", vin)


async def marks(session: AsyncSession, urn: str) -> tuple[Sequence[Mortgage], Sequence[Freeze]]:
    """Mortgages and freezes on a vehicle, earliest first."""
    mortgages = select(Mortgage).where(Mortgage.vehicle == urn).order_by(col(Mortgage.since), col(Mortgage.id))
    freezes = select(Freeze).where(Freeze.vehicle == urn).order_by(col(Freeze.since), col(Freeze.id))
    return (await session.exec(mortgages)).all(), (await session.exec(freezes)).all()


def vehicle(row: Vehicle, mortgages: Sequence[Mortgage], freezes: Sequence[Freeze]) -> domain.Vehicle:
    """The domain's value of a row and its marks."""
    plate = None
    if row.plate_type is not None and row.plate_number is not None:
        plate = Plate(row.plate_type, row.plate_number)
    return domain.Vehicle(
        owner=row.owner,
        state=row.state,  # type: ignore[arg-type]  # the column holds the domain's own words
        plate=plate,
        plate_since=row.plate_since,
        owner_since=row.owner_since,
        mortgages=tuple(domain.Mortgage(m.id, m.mortgagee_code, m.mortgagee, m.since) for m in mortgages),
        freezes=tuple(domain.Freeze(f.id, f.ordered_by, f.document, f.since, f.until) for f in freezes),
    )


async def keep(session: AsyncSession, row: Vehicle, before: domain.Vehicle, after: domain.Vehicle) -> None:
    """Write the domain's value into the row, and the marks that came and went."""
    row.owner, row.owner_since, row.state = after.owner, after.owner_since, after.state
    row.plate_type = after.plate.type if after.plate else None
    row.plate_number = after.plate.number if after.plate else None
    row.plate_since = after.plate_since
    for mortgage in set(after.mortgages) - set(before.mortgages):
        session.add(
            Mortgage(
                id=mortgage.id,
                vehicle=row.urn,
                mortgagee_code=mortgage.mortgagee_code,
                mortgagee=mortgage.mortgagee_name,
                since=mortgage.since,
            )
        )
    for freeze in set(after.freezes) - set(before.freezes):
        session.add(
            Freeze(
                id=freeze.id,
                vehicle=row.urn,
                ordered_by=freeze.ordered_by,
                document=freeze.document,
                since=freeze.since,
                until=freeze.until,
            )
        )
    connection = await session.connection()
    gone = [mark.id for mark in set(before.mortgages) - set(after.mortgages)]
    if gone:
        await connection.execute(delete(Mortgage).where(col(Mortgage.id).in_(gone)))
    gone = [mark.id for mark in set(before.freezes) - set(after.freezes)]
    if gone:
        await connection.execute(delete(Freeze).where(col(Freeze.id).in_(gone)))
    await session.flush()


async def vin_registered(session: AsyncSession, vin: str) -> bool:
    query = select(Vehicle.urn).where(Vehicle.vin_blind == vin_blind(vin), Vehicle.state == "registered")
    return (await session.exec(query)).one_or_none() is not None
