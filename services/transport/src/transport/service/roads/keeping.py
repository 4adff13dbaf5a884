"""What every use case about violations shares: whose it is, whose licence, and publishing the next version."""

from __future__ import annotations

from onewindow_kit.problems import NotFound
from onewindow_kit.pseudonyms import is_organisation
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import events
from transport.domain.problems import HolderDeceased
from transport.domain.roads.problems import NaturalPersonOnly
from transport.domain.roads.violations import SETTLED
from transport.events import Act
from transport.events.roads import violation as violation_record
from transport.service.desk import TRAFFIC_POLICE, Desk
from transport.store import licences, people, rows
from transport.tables import DrivingLicence, Violation


async def may_drive(session: AsyncSession, person: str) -> None:
    """Refuses organisations and the dead."""
    if is_organisation(person):
        raise NaturalPersonOnly
    if await people.deceased(session, person):
        raise HolderDeceased


async def licence_of(session: AsyncSession, person: str) -> DrivingLicence | None:
    """The live licence that points are given to, locked."""
    return next(iter(await licences.live_of_holder(session, person)), None)


async def licence_given(session: AsyncSession, urn: str) -> DrivingLicence | None:
    """The licence that a violation's points were given to, locked."""
    before = await rows.read(session, Violation, urn)
    return None if before.licence is None else await rows.locked(session, DrivingLicence, before.licence, None)


async def mine(session: AsyncSession, urn: str, person: str) -> Violation:
    """A violation that the person has to do with; anybody else's looks like a missing one."""
    row = await rows.read(session, Violation, urn)
    if person not in (row.owner, row.driver):
        raise NotFound
    return row


async def next_version(desk: Desk, session: AsyncSession, row: Violation, basis: str) -> Record:
    """Publish what the row now says as its next version."""
    row.version += 1
    return await publish(desk, session, row, basis, "ended" if row.state in SETTLED else "varied")


async def publish(desk: Desk, session: AsyncSession, row: Violation, basis: str, change: events.Change) -> Record:
    """Publish what the row now says as the version that it is at."""
    await session.flush()
    record = violation_record(row, Act(desk.authority(TRAFFIC_POLICE), desk.today(), basis), change)
    await desk.records.publish(session, record)
    return record
