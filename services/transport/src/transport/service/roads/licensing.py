"""What citizens apply for about their licence: a first one, getting it back, points taken off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from onewindow_kit.cases import Case, Kind
from onewindow_kit.problems import NotFound
from onewindow_kit.pseudonyms import PersonNotFound
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain import licences as licence_rules
from transport.domain.days import not_before, plausible
from transport.domain.licences import LIVE
from transport.domain.problems import (
    ExaminationRequired,
    HolderDeceased,
    LicenceExists,
    LicenceStateForbids,
    RecoveryPeriodOver,
)
from transport.domain.roads import points as points_rules
from transport.domain.roads.ages import question
from transport.domain.roads.problems import AnswerIncomplete, CaseOpen, LicenceNeeded, TooOld, TooYoung
from transport.events import Act
from transport.service import licences as service
from transport.service.desk import TRAFFIC_POLICE, VEHICLE_ADMINISTRATION, Acting, Desk
from transport.service.licences import Grounds
from transport.service.permits import REMEDY
from transport.service.roads import points
from transport.store import licences, people, rows
from transport.tables import DrivingLicence

APPLICATION, RECOVERY, REDUCTION = "licence-application", "licence-recovery", "points-reduction"
FIRST_BASIS = "机动车驾驶证申领和使用规定第14条、第35条"
BACK_BASIS = "机动车驾驶证申领和使用规定第79条、第80条"
BACK = Grounds("学习、考试合格，恢复驾驶证 / study and examination passed: the licence is given back", REMEDY)


async def apply_for_licence(acting: Acting, session: AsyncSession, *, person: str, classes: Sequence[str]) -> Case:
    """Judged by the ages of the day; the population office answers yes or no and tells no birthday."""
    desk, today = acting.desk, acting.desk.today()
    wanted = licence_rules.ordered(classes)
    await _old_enough(desk, person, wanted, today)  # before anything is locked: identity may take its time
    if await people.deceased(session, person):
        raise HolderDeceased
    held = [licences.licence(row) for row in await licences.of_holder(session, person)]
    licence_rules.may_be_issued(held, today)
    days = desk.rules.value("licence-application-days", today)
    return await _open(acting, session, APPLICATION, person, {"classes": list(wanted)}, days)


async def _old_enough(desk: Desk, person: str, classes: Sequence[str], on: date) -> None:
    asked = question(classes, desk.rules.value("licence-ages", on))
    try:
        if not await desk.identity.age_reached(person, asked.least, on):
            raise TooYoung(f"{'、'.join(classes)}: from {asked.least} years on")
        if asked.below is not None and await desk.identity.age_reached(person, asked.below, on):
            raise TooOld(f"{'、'.join(classes)}: below {asked.below} years")
    except PersonNotFound:
        raise TooYoung("The population office knows no age") from None


async def _issue(acting: Acting, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> list[str]:
    desk, today = acting.desk, acting.desk.today()
    if (examined_on := answer.get("examined_on")) is None:
        raise AnswerIncomplete("examined_on: when the examinations were passed")
    plausible(today, examined_on=examined_on)
    not_before(case.applied_on, examined_on=examined_on)
    record = await service.issue(
        desk,
        session,
        holder=case.applicant,
        classes=case.content["classes"],
        issued_on=today,
        file_number=answer.get("file_number"),
        legal_basis=FIRST_BASIS,
    )
    return [record.urn]


async def apply_for_recovery(acting: Acting, session: AsyncSession, urn: str, *, person: str) -> Case:
    """The own licence, retained, stopped, suspended, or cancelled for late renewal not too long ago."""
    desk, today = acting.desk, acting.desk.today()
    if (await rows.read(session, DrivingLicence, urn)).holder != person:
        raise NotFound
    if await people.deceased(session, person):
        raise HolderDeceased
    row = await rows.locked(session, DrivingLicence, urn, None)
    match row.state, row.cancellation_reason:
        case (("retained" | "use-stopped" | "suspended"), _):
            pass
        case "cancelled", "late-renewal":
            if row.state_until is None or row.state_until < today:
                raise RecoveryPeriodOver
        case state, _:
            raise LicenceStateForbids(f"The licence is {state}")
    days = desk.rules.value("licence-recovery-days", today)
    return await _open(acting, session, RECOVERY, person, {"licence": urn}, days, [urn])


async def _recover(acting: Acting, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> list[str]:
    """After twelve points: study, examination and road test as the cycle says, and the points are cleared."""
    desk, today = acting.desk, acting.desk.today()
    row = await rows.locked(session, DrivingLicence, case.content["licence"], None)
    examined_on = answer.get("examined_on")
    cycle = await points.running(desk, session, row, today)
    if cycle is not None and (needed := points.duty(desk, row, cycle)) is not None:
        if examined_on is None:
            raise ExaminationRequired
        road_tested_on = answer.get("road_tested_on")
        not_before(cycle.full_on or today, examined_on=examined_on, road_tested_on=road_tested_on)
        plausible(today, road_tested_on=road_tested_on)
        points_rules.fulfilled(needed, answer.get("studied_days") or 0, road_tested_on is not None)
        await points.clear(desk, session, row, cycle, today)
    before = licences.licence(row)
    after = licence_rules.restore(before, today, examined_on, False, desk.rules.licences(today))
    if before.state not in LIVE and await licences.live_of_holder(session, row.holder):
        raise LicenceExists
    act = Act(desk.authority(VEHICLE_ADMINISTRATION), today, BACK_BASIS)
    await service.keep(desk, session, row, after, act, BACK)
    return [row.urn] if cycle is None else [row.urn, cycle.urn]


async def apply_for_reduction(acting: Acting, session: AsyncSession, *, person: str, means: str) -> Case:
    desk, today = acting.desk, acting.desk.today()
    if await people.deceased(session, person):
        raise HolderDeceased
    await points.reducible(desk, session, await _valid(session, person), means, today, today)
    days = desk.rules.value("points-reduction-days", today)
    return await _open(acting, session, REDUCTION, person, {"means": means}, days)


async def _take_off(acting: Acting, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> list[str]:
    desk, today = acting.desk, acting.desk.today()
    if (done_on := answer.get("done_on")) is None:
        raise AnswerIncomplete("done_on: when it was done")
    plausible(today, done_on=done_on)
    licence = await _valid(session, case.applicant)
    cycle = await points.reduce(desk, session, licence, case.content["means"], today, case.applied_on)
    return [cycle.urn]


async def _valid(session: AsyncSession, person: str) -> DrivingLicence:
    """The licence that takes part: one that is retained or stopped has other things to do first."""
    held = await licences.live_of_holder(session, person)
    if not held:
        raise LicenceNeeded
    if held[0].state != "valid":
        raise LicenceStateForbids(f"The licence is {held[0].state}")
    return held[0]


async def _open(
    acting: Acting,
    session: AsyncSession,
    kind: str,
    person: str,
    content: dict[str, Any],
    days: int,
    concerns: Sequence[str] = (),
) -> Case:
    """One at a time of each matter and person."""
    desk, today = acting.desk, acting.desk.today()
    if any(case.kind == kind and case.is_open for case in await desk.cases.of_person(session, person)):
        raise CaseOpen
    decide_by = desk.rules.working_days_after(today, days)
    return await desk.cases.open(
        acting, session, kind, person, content, on=today, decide_by=decide_by, concerns=concerns
    )


KINDS = (
    Kind(APPLICATION, VEHICLE_ADMINISTRATION, FIRST_BASIS, REMEDY, _issue),
    Kind(RECOVERY, VEHICLE_ADMINISTRATION, BACK_BASIS, REMEDY, _recover),
    Kind(REDUCTION, TRAFFIC_POLICE, points.BASIS, REMEDY, _take_off),
)
