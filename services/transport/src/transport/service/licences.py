"""Driving licences: issue, renew, and every decision on their state."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow_kit.pseudonyms import is_organisation
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import events
from transport.domain import licences as domain
from transport.domain.days import plausible
from transport.domain.licences import LIVE, CancellationReason, Licence
from transport.domain.problems import FileNumberTaken, HolderDeceased, LicenceExists
from transport.domain.roads.problems import NaturalPersonOnly, PointsStand
from transport.events import Act
from transport.service.desk import VEHICLE_ADMINISTRATION, Desk
from transport.store import licences, people, rows
from transport.store.roads import cycles
from transport.tables import DrivingLicence

LATE_RENEWAL_REASON = "机动车驾驶证超过有效期一年以上未换证 / not renewed within a year of its expiry"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a decision states for the person concerned."""

    reason: str
    remedy: str


async def issue(
    desk: Desk,
    session: AsyncSession,
    *,
    holder: str,
    classes: Iterable[str],
    issued_on: date,
    file_number: str | None,
    legal_basis: str,
) -> Record:
    """A first licence; the office assigns a file number where none is given."""
    if is_organisation(holder):
        raise NaturalPersonOnly
    holder = await people.current(session, holder)
    if await people.deceased(session, holder):
        raise HolderDeceased
    today = desk.today()
    domain.may_be_issued([licences.licence(row) for row in await licences.of_holder(session, holder)], today)
    licence = domain.issue(classes, issued_on, today, desk.rules.licences(issued_on))
    if file_number is not None and await licences.file_number_known(session, file_number):
        raise FileNumberTaken
    number = file_number or await _free_file_number(session)
    row = DrivingLicence(**first_version(desk, holder, number, licence))
    session.add(row)
    act = Act(desk.authority(VEHICLE_ADMINISTRATION), issued_on, legal_basis)
    return await _publish(desk, session, row, act, "created")


def first_version(desk: Desk, holder: str, file_number: str, licence: Licence) -> dict[str, Any]:
    """The columns of a licence's first version."""
    return licences.columns(licence) | {
        "urn": new_urn(desk.authority(VEHICLE_ADMINISTRATION), "driving-licence"),
        "version": 1,
        "holder": holder,
        "file_number": file_number,
        "file_number_blind": licences.file_number_blind(file_number),
        "decision_reason": None,
        "decision_remedy": None,
        "doubtful": False,
    }


async def renew(
    desk: Desk, session: AsyncSession, urn: str, version: int, *, twelve_points_reached: bool, legal_basis: str
) -> Record:
    today = desk.today()
    row = await rows.locked(session, DrivingLicence, urn, version)
    if await people.deceased(session, row.holder):
        raise HolderDeceased
    reached = twelve_points_reached or await cycles.reached_twelve(session, urn, row.valid_from)
    after = domain.renew(licences.licence(row), today, reached, desk.rules.licences(today))
    act = Act(desk.authority(VEHICLE_ADMINISTRATION), today, legal_basis)
    return await keep(desk, session, row, after, act, None)


async def decide(
    desk: Desk,
    session: AsyncSession,
    urn: str,
    version: int,
    decision: Callable[[Licence, date, domain.LicenceRules], Licence],
    *,
    effective_on: date,
    legal_basis: str,
    grounds: Grounds,
) -> Record:
    """Apply one of the domain's decisions; its reason and remedy stand in the record from then on."""
    plausible(desk.today(), effective_on=effective_on)
    row = await rows.locked(session, DrivingLicence, urn, version)
    before = licences.licence(row)
    after = decision(before, effective_on, desk.rules.licences(effective_on))
    if before.state not in LIVE and after.state in LIVE and await licences.live_of_holder(session, row.holder):
        raise LicenceExists
    if before.state != "valid" and after.state == "valid" and await cycles.twelve_stand(session, urn):
        raise PointsStand
    await cycles.note_classes(session, urn, sorted(set(after.classes) - set(before.classes)), effective_on)
    act = Act(desk.authority(VEHICLE_ADMINISTRATION), effective_on, legal_basis)
    return await keep(desk, session, row, after, act, grounds)


async def cancel_lapsed(
    desk: Desk, session: AsyncSession, *, limit: int, legal_basis: str, remedy: str
) -> tuple[int, bool]:
    """Cancel up to ``limit`` licences that expired too long ago: how many, and whether more are left."""
    today = desk.today()
    rules = desk.rules.licences(today)
    found = await licences.lapsed(session, domain.add_years(today, -rules.late_years), limit + 1)
    for row in found[:limit]:
        after = domain.cancel(licences.licence(row), today, "late-renewal", rules)
        act = Act(desk.authority(VEHICLE_ADMINISTRATION), today, legal_basis)
        await keep(desk, session, row, after, act, Grounds(LATE_RENEWAL_REASON, remedy))
    return min(len(found), limit), len(found) > limit


async def cancel_of(
    desk: Desk,
    session: AsyncSession,
    held: Sequence[DrivingLicence],
    on: date,
    reason: CancellationReason,
    legal_basis: str,
    grounds: Grounds,
) -> None:
    """Cancel live licences (rows locked), e.g. after a death."""
    for row in held:
        licence = licences.licence(row)
        day = max(on, licence.state_since)
        after = domain.cancel(licence, day, reason, desk.rules.licences(day))
        await keep(desk, session, row, after, Act(desk.authority(VEHICLE_ADMINISTRATION), day, legal_basis), grounds)


async def _free_file_number(session: AsyncSession) -> str:
    while True:
        number = str(secrets.randbelow(9 * 10**11) + 10**11)  # not a rule: twelve digits
        if not await licences.file_number_known(session, number):
            return number


async def keep(
    desk: Desk, session: AsyncSession, row: DrivingLicence, after: Licence, act: Act, grounds: Grounds | None
) -> Record:
    """Store the licence's new state (row locked) and publish its next version."""
    ended = after.state not in LIVE
    licences.keep(row, after)
    if grounds is not None:
        row.decision_reason, row.decision_remedy = grounds.reason, grounds.remedy
    row.version += 1
    return await _publish(desk, session, row, act, "ended" if ended else "varied")


async def undo(
    desk: Desk, session: AsyncSession, row: DrivingLicence, before: Licence, legal_basis: str, grounds: Grounds
) -> Record:
    """The licence (row locked) is again what it was before a wrong decision."""
    if before.state in LIVE and row.state not in LIVE and await licences.live_of_holder(session, row.holder):
        raise LicenceExists
    licences.keep(row, before)
    row.decision_reason, row.decision_remedy = grounds.reason, grounds.remedy
    row.version += 1
    act = Act(desk.authority(VEHICLE_ADMINISTRATION), desk.today(), legal_basis)
    return await _publish(desk, session, row, act, "corrected")


async def _publish(desk: Desk, session: AsyncSession, row: DrivingLicence, act: Act, change: events.Change) -> Record:
    await session.flush()
    record = events.driving_licence(row, act, change)
    await desk.records.publish(session, record)
    return record
