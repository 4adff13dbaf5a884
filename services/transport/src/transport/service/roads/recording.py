"""Recording what officers see: against a vehicle's owner, or against a driver whom they stopped.

Locks in this order: vehicle, licence, violation, cycle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.days import plausible
from transport.domain.plates import Plate
from transport.domain.roads import violations as domain
from transport.domain.roads.problems import NotTheOwnerThen, PlateUnknown, ViolationNobody, ViolationRecorded
from transport.domain.roads.violations import Violation as Value
from transport.service.desk import TRAFFIC_POLICE, Desk
from transport.service.roads import points, rules
from transport.service.roads.keeping import licence_of, may_drive, publish
from transport.store import plates, rows
from transport.store.roads import violations
from transport.tables import Vehicle, Violation


@dataclass(frozen=True, slots=True)
class Found:
    """What an officer saw; ``plate`` or ``driver`` or both, ``document`` unique among all violations."""

    kind: str
    plate: Plate | None
    driver: str | None
    occurred_on: date
    place: str
    document: str
    unit: str
    officer: str | None
    legal_basis: str


async def record(desk: Desk, session: AsyncSession, found: Found) -> Record:
    """Against the vehicle's owner, or against a driver who was stopped: accepted at once, its points count."""
    today = desk.today()
    plausible(today, occurred_on=found.occurred_on)
    if found.plate is None and found.driver is None:
        raise ViolationNobody
    if found.driver is not None:
        await may_drive(session, found.driver)
    penalty = rules.penalty(desk.rules, found.kind, found.occurred_on)
    car = None if found.plate is None else await _vehicle(session, found.plate)
    owner = None if car is None else car.owner
    if car is not None and car.owner_since > found.occurred_on:
        if found.driver is None:
            raise NotTheOwnerThen
        owner = None  # the driver answers; whose the car was on that day is not known here
    licence = None if found.driver is None else await licence_of(session, found.driver)
    blind = violations.document_blind(found.document)
    if await violations.known_documents(session, [blind]):
        raise ViolationRecorded
    value = Value(penalty.points, penalty.fine, owner, found.driver, rules.respond_by(desk.rules, today))
    if found.driver is not None:
        value = domain.establish(value, found.driver, today, rules.pay_by(desk.rules, today))
    row = new_row(desk, found, value, None if car is None else car.urn, today)
    session.add(row)
    await session.flush()
    if licence is not None:
        await points.give(desk, session, row, licence, today)
    return await publish(desk, session, row, found.legal_basis, "created")


def new_row(desk: Desk, found: Found, value: Value, vehicle: str | None, recorded_on: date) -> Violation:
    """The row of a violation's first version."""
    return Violation(
        **violations.columns(value),
        urn=new_urn(desk.authority(TRAFFIC_POLICE), "violation"),
        version=1,
        kind=found.kind,
        vehicle=vehicle,
        document=found.document,
        document_blind=violations.document_blind(found.document),
        place=found.place,
        unit=found.unit,
        officer=found.officer,
        occurred_on=found.occurred_on,
        recorded_on=recorded_on,
        licence=None,
        cycle=None,
        counting=False,
        decision_reason=None,
        decision_remedy=None,
    )


async def _vehicle(session: AsyncSession, plate: Plate) -> Vehicle:
    """The vehicle that carries the plate, locked: a transfer waits until the violation stands."""
    urn = await plates.vehicle_with(session, plate)
    if urn is None:
        raise PlateUnknown
    car = await rows.locked(session, Vehicle, urn, None)
    if (car.plate_type, car.plate_number) != (plate.type, plate.number):
        raise PlateUnknown  # sold while we waited: the plate came off, and the new owner has nothing to do with it
    return car
