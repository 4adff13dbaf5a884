"""Parking permits in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.permits import LIVE, Decision, Permit
from transport.tables import ParkingPermit


def permit(row: ParkingPermit) -> Permit:
    """The domain's value of a row; the newest decision stays in the row, rules don't ask for it."""
    return Permit(
        state=row.state,  # type: ignore[arg-type]  # the column holds the domain's own words
        zone=row.zone,
        applied_on=row.applied_on,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def keep(row: ParkingPermit, value: Permit) -> None:
    """Write the domain's value into the row; without a new decision the last one stays."""
    row.state, row.valid_from, row.valid_until = value.state, value.valid_from, value.valid_until
    decision: Decision | None = value.decision
    if decision is not None:
        row.decision_reason, row.decision_remedy = decision.reason, decision.remedy


async def live_of_vehicle(session: AsyncSession, vehicle: str) -> Sequence[ParkingPermit]:
    query = select(ParkingPermit).where(ParkingPermit.vehicle == vehicle, col(ParkingPermit.state).in_(LIVE))
    return (await session.exec(query.with_for_update())).all()


async def live_of_holder(session: AsyncSession, holder: str) -> Sequence[ParkingPermit]:
    query = select(ParkingPermit).where(ParkingPermit.holder == holder, col(ParkingPermit.state).in_(LIVE))
    return (await session.exec(query.order_by(ParkingPermit.urn).with_for_update())).all()


async def lock_household(session: AsyncSession, household: str) -> None:
    """Until the command ends no other one counts this household's permits: two of them could pass the quota together."""
    lock = text("select pg_advisory_xact_lock(hashtextextended(:household, 28))")
    await (await session.connection()).execute(lock, {"household": household})


async def household_live(session: AsyncSession, household: str, today: date, except_urn: str | None = None) -> int:
    """How many applications and unexpired permits a household has."""
    query = select(func.count()).where(
        ParkingPermit.household == household,
        col(ParkingPermit.state).in_(LIVE),
        or_(col(ParkingPermit.valid_until).is_(None), col(ParkingPermit.valid_until) >= today),
        ParkingPermit.urn != (except_urn or ""),
    )
    return (await session.exec(query)).one()
