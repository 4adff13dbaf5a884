"""Violations: recorded by the police, answered by owner or driver, paid, objected to, annulled.

Locks in this order: vehicle, licence, violation, cycle. A row is read first to know whose licence it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow_kit.problems import NotFound
from onewindow_kit.pseudonyms import is_organisation
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import events
from transport.domain.days import plausible
from transport.domain.plates import Plate
from transport.domain.problems import HolderDeceased
from transport.domain.roads import violations as domain
from transport.domain.roads.problems import (
    LicenceNeeded,
    NaturalPersonOnly,
    NotTheOwnerThen,
    PlateUnknown,
    ViolationNobody,
    ViolationRecorded,
)
from transport.domain.roads.violations import SETTLED
from transport.domain.roads.violations import Violation as Value
from transport.events import Act
from transport.events.roads import violation as violation_record
from transport.service.desk import TRAFFIC_POLICE, Desk
from transport.service.licences import Grounds
from transport.service.roads import points, rules
from transport.store import licences, people, plates, rows
from transport.store.roads import violations
from transport.tables import DrivingLicence, Vehicle, Violation

BASIS = "中华人民共和国道路交通安全法第107条、第108条"


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
        await _may_drive(session, found.driver)
    penalty = rules.penalty(desk.rules, found.kind, found.occurred_on)
    car = None if found.plate is None else await _vehicle(session, found.plate)
    owner = None if car is None else car.owner
    if car is not None and car.owner_since > found.occurred_on:
        if found.driver is None:
            raise NotTheOwnerThen
        owner = None  # the driver answers; whose the car was on that day is not known here
    licence = None if found.driver is None else await _licence(session, found.driver)
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
    return await _publish(desk, session, row, found.legal_basis, "created")


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


async def accept(desk: Desk, session: AsyncSession, urn: str, version: int, *, person: str) -> Record:
    """The owner who drove, or the driver whom the owner named, takes the violation and its points."""
    before = await mine(session, urn, person)
    if is_organisation(person):
        raise NaturalPersonOnly
    licence = await _licence(session, person)
    row = await rows.locked(session, Violation, urn, version)
    today = desk.today()
    value = domain.accept(
        violations.value(row), person, today, rules.pay_by(desk.rules, today), organisation=is_organisation(person)
    )
    if licence is None and before.points:
        raise LicenceNeeded
    return await _accepted(desk, session, row, value, licence, BASIS)


async def establish(
    desk: Desk,
    session: AsyncSession,
    urn: str,
    version: int,
    *,
    driver: str | None,
    effective_on: date,
    legal_basis: str,
    grounds: Grounds,
) -> Record:
    """The office decides that it was so; points count only where a driver is known who holds a licence."""
    today = desk.today()
    plausible(today, effective_on=effective_on)
    before = await rows.read(session, Violation, urn)
    if driver is not None:
        await _may_drive(session, driver)
    who = driver or before.driver
    licence = None if who is None else await _licence(session, who)
    row = await rows.locked(session, Violation, urn, version)
    value = domain.establish(violations.value(row), driver, today, rules.pay_by(desk.rules, today))
    row.decision_reason, row.decision_remedy = grounds.reason, grounds.remedy
    return await _accepted(desk, session, row, value, licence, legal_basis)


async def _accepted(
    desk: Desk, session: AsyncSession, row: Violation, value: Value, licence: DrivingLicence | None, basis: str
) -> Record:
    violations.keep(row, value)
    if licence is not None:
        await points.give(desk, session, row, licence, desk.today())
    return await next_version(desk, session, row, basis)


async def name_driver(desk: Desk, session: AsyncSession, urn: str, version: int, *, owner: str, driver: str) -> Record:
    """The owner, a firm above all, says who drove; that person answers within a term of its own."""
    if (await mine(session, urn, owner)).owner != owner:
        raise NotFound
    await _may_drive(session, driver)
    row = await rows.locked(session, Violation, urn, version)
    today = desk.today()
    value = domain.name_driver(
        violations.value(row),
        driver,
        today,
        rules.respond_by(desk.rules, today),
        organisation=is_organisation(driver),
    )
    violations.keep(row, value)
    return await next_version(desk, session, row, BASIS)


async def pay(desk: Desk, session: AsyncSession, urn: str, version: int, *, person: str, amount: int) -> Record:
    """All that is due on the day, by owner or driver; of any number of payments at once one is taken."""
    await mine(session, urn, person)
    row = await rows.locked(session, Violation, urn, version)
    today = desk.today()
    violations.keep(row, domain.pay(violations.value(row), amount, today, rules.surcharge(desk.rules, today)))
    return await next_version(desk, session, row, BASIS)


async def object_to(
    desk: Desk,
    session: AsyncSession,
    urn: str,
    version: int,
    *,
    person: str,
    open_case: Callable[[], Awaitable[str]],
) -> Record:
    """Contest it: nothing counts and nothing is due until the case is decided. ``open_case`` gives the case's URN."""
    before = await mine(session, urn, person)
    licence = None if before.licence is None else await rows.locked(session, DrivingLicence, before.licence, None)
    row = await rows.locked(session, Violation, urn, version)
    today = desk.today()
    domain.object_to(violations.value(row), person, today, "")  # refused before a case is opened
    violations.keep(row, domain.object_to(violations.value(row), person, today, await open_case()))
    await points.take(desk, session, row, licence, today)
    return await next_version(desk, session, row, BASIS)


async def uphold(desk: Desk, session: AsyncSession, urn: str, basis: str) -> Record:
    """The objection failed: it stands again, from today."""
    licence = await _licence_of(session, urn)
    row = await rows.locked(session, Violation, urn, None)
    today = desk.today()
    value = domain.uphold(
        violations.value(row), today, rules.respond_by(desk.rules, today), rules.pay_by(desk.rules, today)
    )
    violations.keep(row, value)
    if value.state == "accepted" and licence is not None:
        await points.give(desk, session, row, licence, today)
    return await next_version(desk, session, row, basis)


async def annul(
    desk: Desk,
    session: AsyncSession,
    urn: str,
    version: int | None,
    *,
    by_objection: bool,
    legal_basis: str,
    grounds: Grounds,
    effective_on: date | None = None,
) -> Record:
    """It never counted; a licence retained for its points comes back when fewer than twelve are left."""
    plausible(desk.today(), effective_on=effective_on)
    licence = await _licence_of(session, urn)
    row = await rows.locked(session, Violation, urn, version)
    violations.keep(row, domain.annul(violations.value(row), by_objection=by_objection))
    row.decision_reason, row.decision_remedy = grounds.reason, grounds.remedy
    await points.take(desk, session, row, licence, desk.today())
    return await next_version(desk, session, row, legal_basis)


async def mine(session: AsyncSession, urn: str, person: str) -> Violation:
    """A violation that the person has to do with; anybody else's looks like a missing one."""
    row = await rows.read(session, Violation, urn)
    if person not in (row.owner, row.driver):
        raise NotFound
    return row


async def next_version(desk: Desk, session: AsyncSession, row: Violation, basis: str) -> Record:
    """Publish what the row now says as its next version."""
    row.version += 1
    return await _publish(desk, session, row, basis, "ended" if row.state in SETTLED else "varied")


async def _may_drive(session: AsyncSession, person: str) -> None:
    if is_organisation(person):
        raise NaturalPersonOnly
    if await people.deceased(session, person):
        raise HolderDeceased


async def _vehicle(session: AsyncSession, plate: Plate) -> Vehicle:
    """The vehicle that carries the plate, locked: a transfer waits until the violation stands."""
    urn = await plates.vehicle_with(session, plate)
    if urn is None:
        raise PlateUnknown
    car = await rows.locked(session, Vehicle, urn, None)
    if (car.plate_type, car.plate_number) != (plate.type, plate.number):
        raise PlateUnknown  # sold while we waited: the plate came off, and the new owner has nothing to do with it
    return car


async def _licence(session: AsyncSession, person: str) -> DrivingLicence | None:
    """The live licence that points are given to, locked."""
    return next(iter(await licences.live_of_holder(session, person)), None)


async def _licence_of(session: AsyncSession, urn: str) -> DrivingLicence | None:
    before: Any = await rows.read(session, Violation, urn)
    return None if before.licence is None else await rows.locked(session, DrivingLicence, before.licence, None)


async def _publish(desk: Desk, session: AsyncSession, row: Violation, basis: str, change: events.Change) -> Record:
    await session.flush()
    record = violation_record(row, Act(desk.authority(TRAFFIC_POLICE), desk.today(), basis), change)
    await desk.records.publish(session, record)
    return record
