"""Violations once they are recorded: answered by owner or driver, paid, objected to, established, annulled.

Locks in this order: licence, violation, cycle. A row is read first to know whose licence it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from onewindow_kit.problems import NotFound
from onewindow_kit.pseudonyms import is_organisation
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.days import plausible
from transport.domain.roads import violations as domain
from transport.domain.roads.problems import (
    LicenceNeeded,
    NaturalPersonOnly,
)
from transport.domain.roads.violations import Violation as Value
from transport.service.desk import Desk
from transport.service.licences import Grounds
from transport.service.roads import points, rules
from transport.service.roads.keeping import licence_given, licence_of, may_drive, mine, next_version
from transport.store import rows
from transport.store.roads import violations
from transport.tables import DrivingLicence, Violation

BASIS = "中华人民共和国道路交通安全法第107条、第108条"


async def accept(desk: Desk, session: AsyncSession, urn: str, version: int, *, person: str) -> Record:
    """The owner who drove, or the driver whom the owner named, takes the violation and its points."""
    before = await mine(session, urn, person)
    if is_organisation(person):
        raise NaturalPersonOnly
    licence = await licence_of(session, person)
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
        await may_drive(session, driver)
    who = driver or before.driver
    licence = None if who is None else await licence_of(session, who)
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
    await may_drive(session, driver)
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
    licence = await licence_given(session, urn)
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
    licence = await licence_given(session, urn)
    row = await rows.locked(session, Violation, urn, version)
    violations.keep(row, domain.annul(violations.value(row), by_objection=by_objection))
    row.decision_reason, row.decision_remedy = grounds.reason, grounds.remedy
    await points.take(desk, session, row, licence, desk.today())
    return await next_version(desk, session, row, legal_basis)
