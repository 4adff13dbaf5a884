"""Vehicles: registration, transfer, plates, deregistration. Marks are in ``marks``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import events
from transport.domain import vehicles as domain
from transport.domain.days import not_before, plausible
from transport.domain.plates import Plate
from transport.domain.problems import HolderDeceased, VinTaken
from transport.domain.roads.problems import ViolationsOpen
from transport.domain.vehicles import DeregistrationReason, TransferGround
from transport.events import Act
from transport.service import plates
from transport.service.desk import VEHICLE_ADMINISTRATION, Desk
from transport.service.lottery import quotas
from transport.service.permits import end_of_vehicle
from transport.service.plates import Choice
from transport.store import people, rows
from transport.store import vehicles as store
from transport.store.roads import violations
from transport.tables import Vehicle


@dataclass(frozen=True, slots=True)
class Description:
    """What the vehicle is; codes from the contract's lists."""

    vin: str
    kind: str
    make: str
    model: str
    colour: str
    energy: str
    use: str
    first_registered_on: date


_DESCRIPTION = tuple(field.name for field in fields(Description))
assert set(_DESCRIPTION) <= set(Vehicle.model_fields), "a description's fields are columns of the same name"


async def register(
    desk: Desk, session: AsyncSession, *, owner: str, description: Description, choice: Choice, legal_basis: str
) -> Record:
    today = desk.today()
    plausible(today, first_registered_on=description.first_registered_on)
    desk.rules.code("vehicle-kinds", description.kind, today)
    desk.rules.code("vehicle-uses", description.use, today)
    owner = await people.current(session, owner)
    if await people.deceased(session, owner):
        raise HolderDeceased
    if await store.vin_registered(session, description.vin):
        raise VinTaken
    urn = new_urn(desk.authority(VEHICLE_ADMINISTRATION), "vehicle")
    plate = await plates.assign(desk, session, choice, vehicle=urn, owner=owner, energy=description.energy)
    await quotas.spend(desk, session, owner=owner, vehicle=urn, plate_type=plate.type, on=today)
    row = Vehicle(**first_version(urn, owner, today, description, plate, today))
    session.add(row)
    await session.flush()
    record = events.vehicle(row, (), (), Act(desk.authority(VEHICLE_ADMINISTRATION), today, legal_basis), "created")
    await desk.records.publish(session, record)
    return record


def first_version(
    urn: str, owner: str, owner_since: date, description: Description, plate: Plate, plate_since: date
) -> dict[str, Any]:
    """The columns of a vehicle's first version."""
    return {name: getattr(description, name) for name in _DESCRIPTION} | {
        "urn": urn,
        "version": 1,
        "owner": owner,
        "owner_since": owner_since,
        "vin_blind": store.vin_blind(description.vin),
        "plate_type": plate.type,
        "plate_number": plate.number,
        "plate_since": plate_since,
        "state": "registered",
        "deregistration_reason": None,
    }


async def transfer(
    desk: Desk,
    session: AsyncSession,
    urn: str,
    version: int | None,
    *,
    to: str,
    ground: TransferGround,
    consenting: Collection[str],
    choice: Choice,
    effective_on: date,
    legal_basis: str,
) -> Record:
    """The new owner's vehicle with a new plate, once its violations are settled; the old plate is kept for its user,
    live permits for the vehicle end."""
    plausible(desk.today(), effective_on=effective_on)
    to = await people.current(session, to)
    if await people.deceased(session, to):
        raise HolderDeceased
    row, before = await locked(session, urn, version)
    if await violations.open_of_vehicle(session, urn):
        raise ViolationsOpen
    dead = await people.deceased(session, row.owner)
    after = domain.transfer(before, to, effective_on, ground, consenting, owner_deceased=dead)
    await plates.take_off(desk, session, urn, before, effective_on)
    plate = await plates.assign(desk, session, choice, vehicle=urn, owner=to, energy=row.energy, old=before.plate)
    await quotas.spend(desk, session, owner=to, vehicle=urn, plate_type=plate.type, on=effective_on, ground=ground)
    after = domain.with_plate(after, plate, effective_on)
    await end_of_vehicle(desk, session, urn, effective_on, legal_basis)
    act = Act(desk.authority(VEHICLE_ADMINISTRATION), effective_on, legal_basis)
    return await keep(desk, session, row, before, after, act, "varied")


async def change_plate(
    desk: Desk,
    session: AsyncSession,
    urn: str,
    version: int | None,
    *,
    choice: Choice,
    effective_on: date,
    legal_basis: str,
) -> Record:
    """Another plate for the same owner; permits are tied to the old number and end."""
    plausible(desk.today(), effective_on=effective_on)
    row, before = await locked(session, urn, version)
    not_before(before.plate_since or before.owner_since, effective_on=effective_on)
    domain.registered(before)
    await plates.take_off(desk, session, urn, before, effective_on)
    plate = await plates.assign(
        desk, session, choice, vehicle=urn, owner=before.owner, energy=row.energy, old=before.plate
    )
    after = domain.with_plate(before, plate, effective_on)
    await end_of_vehicle(desk, session, urn, effective_on, legal_basis)
    act = Act(desk.authority(VEHICLE_ADMINISTRATION), effective_on, legal_basis)
    return await keep(desk, session, row, before, after, act, "varied")


async def deregister(
    desk: Desk,
    session: AsyncSession,
    urn: str,
    version: int | None,
    *,
    cause: DeregistrationReason,
    effective_on: date,
    legal_basis: str,
) -> Record:
    plausible(desk.today(), effective_on=effective_on)
    row, before = await locked(session, urn, version)
    after = domain.deregister(before, effective_on)
    row.deregistration_reason = cause
    await plates.take_off(desk, session, urn, before, effective_on)
    await end_of_vehicle(desk, session, urn, effective_on, legal_basis)
    act = Act(desk.authority(VEHICLE_ADMINISTRATION), effective_on, legal_basis)
    return await keep(desk, session, row, before, after, act, "ended")


async def locked(session: AsyncSession, urn: str, version: int | None) -> tuple[Vehicle, domain.Vehicle]:
    row = await rows.locked(session, Vehicle, urn, version)
    return row, store.vehicle(row, *await store.marks(session, urn))


async def keep(
    desk: Desk,
    session: AsyncSession,
    row: Vehicle,
    before: domain.Vehicle,
    after: domain.Vehicle,
    act: Act,
    change: events.Change,
) -> Record:
    """Store the vehicle's new state and publish its next version."""
    await store.keep(session, row, before, after)
    row.version += 1
    await session.flush()
    record = events.vehicle(row, *await store.marks(session, row.urn), act, change)
    await desk.records.publish(session, record)
    return record
