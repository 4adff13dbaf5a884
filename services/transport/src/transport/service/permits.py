"""Residential parking permits: a resident applies, the parking office decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onewindow_kit.problems import NotFound
from onewindow_kit.pseudonyms import PersonNotFound
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import events
from transport.domain import permits as domain
from transport.domain.days import plausible
from transport.domain.permits import Decision, Permit
from transport.domain.problems import HolderDeceased, NotResident, PermitExists, VehicleHasNoPlate, VehicleNotOwned
from transport.events import Act
from transport.service.desk import PARKING_OFFICE, Desk
from transport.store import people, permits, rows
from transport.tables import ParkingPermit, Vehicle

LEGAL_BASIS = "杭州市机动车停车场（库）建设和管理办法（演示）"
REMEDY = (
    "可自知道之日起六十日内申请行政复议，或六个月内向人民法院起诉。 / "
    "Administrative review within 60 days, or an action before the People's Court within six months."
)
AT_ONCE = "登记住址在停车区内，当场办结 / the registered address lies in the zone; granted at once"
EXPIRED = "有效期已满 / its term is over"
VEHICLE_GONE = "该车号牌或所有人已变更 / the vehicle has another plate or owner, or left the register"


@dataclass(frozen=True, slots=True)
class Residence:
    """Where a person lives in law (``place``: neighbourhood or division code) and in which household.

    Without ``registered`` it is the address of a residence permit, and the population office knows of no household.
    """

    place: str | None
    household: str | None
    registered: bool = False


async def residence(desk: Desk, person: str) -> Residence:
    """What the population office says; somebody it doesn't know is registered nowhere."""
    try:
        answer = await desk.identity.residence(person)
    except PersonNotFound:
        return Residence(None, None)
    registered, permit = answer.get("registered"), answer.get("permit")
    if registered is not None:
        return Residence(_place(registered), answer.get("household"), registered=True)
    if permit is not None and permit["state"] == "valid":
        return Residence(_place(permit), answer.get("household") or person)
    return Residence(None, None)


def _place(address: Mapping[str, str | None]) -> str | None:
    return address.get("neighbourhood") or address.get("division")


async def apply(desk: Desk, session: AsyncSession, *, holder: str, vehicle: str, zone: str) -> Record:
    """An application by a resident; every ground is tested now, so that nobody waits for a refusal.

    Granted at once where the registers know all that matters; who lives here by a residence permit waits for an
    officer, because no register says with whom they share the household's quota.
    """
    today = desk.today()
    home = await residence(desk, holder)  # before anything is locked: identity may take its time
    if await people.deceased(session, holder):
        raise HolderDeceased
    try:
        car = await rows.locked(session, Vehicle, vehicle, None)
    except NotFound:
        raise VehicleNotOwned from None  # an unknown vehicle and another person's look the same
    if car.owner == holder:
        await _make_way(desk, session, vehicle, today)
    await _test_grounds(desk, session, holder, car, home, zone, today)
    if car.plate_number is None:
        raise VehicleHasNoPlate
    permit, decide_by = Permit("applied", zone, today), None
    if home.registered:
        decision = Decision("granted", today, AT_ONCE, REMEDY)
        permit = domain.grant(permit, today, desk.rules.permit_months(today), decision)
    else:
        decide_by = desk.rules.working_days_after(today, desk.rules.value("permit-decision-days", today))
    row = ParkingPermit(
        urn=new_urn(desk.authority(PARKING_OFFICE), "parking-permit"),
        version=1,
        holder=holder,
        household=home.household,
        zone=zone,
        vehicle=vehicle,
        plate_number=car.plate_number,
        state=permit.state,
        applied_on=today,
        decide_by=decide_by,
        valid_from=permit.valid_from,
        valid_until=permit.valid_until,
        decision_reason=permit.decision and permit.decision.reason,
        decision_remedy=permit.decision and permit.decision.remedy,
    )
    session.add(row)
    await session.flush()
    record = events.parking_permit(row, Act(desk.authority(PARKING_OFFICE), today, LEGAL_BASIS), "created")
    await desk.records.publish(session, record)
    return record


async def _make_way(desk: Desk, session: AsyncSession, vehicle: str, today: date) -> None:
    """One application or permit a vehicle: one that has run out ends now, any other stands in the way."""
    found = await permits.live_of_vehicle(session, vehicle)
    for row in found:
        if row.valid_until is None or row.valid_until >= today:
            raise PermitExists
        await end_all(desk, session, [row], row.valid_until, EXPIRED, LEGAL_BASIS)


async def withdraw(desk: Desk, session: AsyncSession, urn: str, version: int, *, holder: str) -> Record:
    """The holder's own only: anybody else's looks like a missing one."""
    if (await rows.read(session, ParkingPermit, urn)).holder != holder:
        raise NotFound
    row = await rows.locked(session, ParkingPermit, urn, version)
    today = desk.today()
    after = domain.withdraw(permits.permit(row), today)
    return await _keep(desk, session, row, after, today, LEGAL_BASIS, "ended")


async def decide(
    desk: Desk,
    session: AsyncSession,
    urn: str,
    version: int,
    *,
    outcome: Literal["granted", "refused"],
    reason: str,
    remedy: str,
    legal_basis: str,
) -> Record:
    """Grant or refuse; before a grant the grounds are tested again, they may have gone since the application."""
    today = desk.today()
    decision = Decision(outcome, today, reason, remedy)
    if outcome == "refused":
        row = await rows.locked(session, ParkingPermit, urn, version)
        after = domain.refuse(permits.permit(row), decision)
        return await _keep(desk, session, row, after, today, legal_basis, "ended")
    applied = await rows.read(session, ParkingPermit, urn)
    home = await residence(desk, applied.holder)
    # The vehicle before the permit, as a transfer locks them: the two can't wait for each other.
    car = await rows.locked(session, Vehicle, applied.vehicle, None)
    row = await rows.locked(session, ParkingPermit, urn, version)
    after = domain.grant(permits.permit(row), today, desk.rules.permit_months(today), decision)
    row.household = home.household
    await _test_grounds(desk, session, row.holder, car, home, row.zone, today, except_urn=urn)
    return await _keep(desk, session, row, after, today, legal_basis, "varied")


async def end(
    desk: Desk,
    session: AsyncSession,
    urn: str,
    version: int,
    *,
    effective_on: date,
    reason: str,
    remedy: str,
    legal_basis: str,
) -> Record:
    plausible(desk.today(), effective_on=effective_on)
    row = await rows.locked(session, ParkingPermit, urn, version)
    after = domain.end(permits.permit(row), Decision("ended", effective_on, reason, remedy))
    return await _keep(desk, session, row, after, effective_on, legal_basis, "ended")


async def end_all(
    desk: Desk, session: AsyncSession, found: Sequence[ParkingPermit], on: date, reason: str, legal_basis: str
) -> None:
    """End live permits (rows locked) whose grounds are gone."""
    for row in found:
        day = max(on, row.valid_from or row.applied_on)
        after = domain.end(permits.permit(row), Decision("ended", day, reason, REMEDY))
        await _keep(desk, session, row, after, day, legal_basis, "ended")


async def end_of_vehicle(desk: Desk, session: AsyncSession, vehicle: str, on: date, legal_basis: str) -> None:
    await end_all(desk, session, await permits.live_of_vehicle(session, vehicle), on, VEHICLE_GONE, legal_basis)


async def _test_grounds(
    desk: Desk,
    session: AsyncSession,
    holder: str,
    car: Vehicle,
    home: Residence,
    zone: str,
    today: date,
    except_urn: str | None = None,
) -> None:
    live = 0
    if home.household is not None:
        await permits.lock_household(session, home.household)
        live = await permits.household_live(session, home.household, today, except_urn)
    domain.may_apply(
        owner=car.owner if car.state == "registered" else None,
        applicant=holder,
        residence=home.place,
        zone=desk.rules.zone(zone, today),
        household_live=live,
        quota=desk.rules.permit_quota(today),
    )
    if home.household is None:
        raise NotResident("The population office knows no household of the applicant")


async def _keep(
    desk: Desk,
    session: AsyncSession,
    row: ParkingPermit,
    after: Permit,
    on: date,
    legal_basis: str,
    change: events.Change,
) -> Record:
    permits.keep(row, after)
    row.version += 1
    await session.flush()
    record = events.parking_permit(row, Act(desk.authority(PARKING_OFFICE), on, legal_basis), change)
    await desk.records.publish(session, record)
    return record
