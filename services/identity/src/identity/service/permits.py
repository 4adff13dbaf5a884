"""Residence permits: applied for by the citizen, granted by the office, endorsed yearly, suspended when that is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from onewindow_contracts.models import identity_life as api
from onewindow_kit.cases import Case
from onewindow_kit.problems import NotFound
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.domain import law, permits
from identity.domain.births import in_order
from identity.domain.permits import PermitState, Terms
from identity.domain.problems import DateOutOfOrder
from identity.domain.standing import alive
from identity.service import casework
from identity.service.desk import Desk, standing
from identity.store import persons, residence
from identity.tables import Permit, Person, Stay

KIND = "residence-permit"
BATCH = 200  # not a rule: how many in one transaction


async def apply(desk: Desk, citizen: str, command: api.PermitApplication) -> Case:
    person = await desk.person(citizen)
    await _check(desk, person, desk.today)
    days = desk.rules.parameter("permit-decision-days", desk.today)
    return await casework.apply(desk, KIND, citizen, command.model_dump(mode="json"), decide_days=days)


async def grant(desk: Desk, _session: AsyncSession, case: Case, _answer: Mapping[str, Any]) -> list[str]:
    """By the rules of the day of the application; the permit begins today."""
    person = await desk.person(case.applicant)
    stay = await _check(desk, person, case.applied_on)
    permit = await _new(desk, person, stay, casework.asked(case)["ground"], desk.today, desk.today)
    return [permit.urn]


async def enter(desk: Desk, command: api.PermitEntry) -> Permit:
    """A permit from before, by the rules of its own day; late endorsement shows at once."""
    person = await desk.person(command.person)
    granted_on = desk.day(command.granted_on)
    endorsed_on = desk.day(command.endorsed_on or granted_on)
    in_order(granted_on, endorsed_on)
    stay = await _check(desk, person, granted_on)
    return await _new(desk, person, stay, command.ground, granted_on, endorsed_on)


async def _new(desk: Desk, person: Person, stay: Stay, ground: str, granted_on: date, endorsed_on: date) -> Permit:
    until = permits.granted(endorsed_on, _terms(desk, endorsed_on))
    late = until < desk.today
    permit = Permit(
        urn=desk.office.urn("residence-permit"),
        person_id=person.id,
        state=PermitState.SUSPENDED if late else PermitState.VALID,
        division=stay.division,
        neighbourhood=stay.neighbourhood,
        ground=ground,
        granted_on=granted_on,
        counted_from=stay.counted_from,
        endorsed_on=endorsed_on,
        endorse_by=until,
        suspended_on=permits.suspended_from(until) if late else None,
    )
    desk.changes.created(permit, granted_on, law.PERMIT)
    await desk.session.flush()
    return permit


async def endorse(desk: Desk, urn: str, by: str | None, command: api.EndorsementCommand) -> Permit:
    """For another year. A citizen does so today, the office on a day that it states."""
    permit = await readable(desk, urn, by)
    await persons.lock(desk.session, [permit.person_id])
    await desk.session.refresh(permit)
    on = desk.day(command.endorsed_on)
    if by is not None and on != desk.today:
        raise DateOutOfOrder("A citizen endorses on the day of asking: leave the day out.")
    state = PermitState(permit.state)
    done = permits.endorse(state, permit.counted_from, permit.endorsed_on, permit.endorse_by, on, _terms(desk, on))
    permit.state, permit.suspended_on, permit.endorsed_on = PermitState.VALID, None, on
    permit.counted_from, permit.endorse_by = done.counted_from, done.endorse_by
    desk.changes.touch(permit, "varied", on, law.ENDORSEMENT)
    return permit


async def suspend_late(desk: Desk) -> int:
    """A duty: permits that were not endorsed in time are suspended from the day after; how many."""
    found = await residence.due_permits(desk.session, desk.today, BATCH)
    await persons.lock(desk.session, [permit.person_id for permit in found])
    suspended = 0
    for permit in found:
        await desk.session.refresh(permit)
        if permit.state == PermitState.VALID and permit.endorse_by < desk.today:
            suspended += 1
            permit.state = PermitState.SUSPENDED
            permit.suspended_on = on = permits.suspended_from(permit.endorse_by)
            desk.changes.touch(permit, "varied", on, law.ENDORSEMENT)
    return suspended


async def readable(desk: Desk, urn: str, reader: str | None) -> Permit:
    """A permit to the office (None) or to its holder; NotFound."""
    permit = await residence.permit(desk.session, urn)
    if permit is None or (reader is not None and (await desk.person(reader, lock=False)).id != permit.person_id):
        raise NotFound
    return permit


async def follow_stay(desk: Desk, stay: Stay, on: date) -> None:
    """The holder lives at another address of the city: the permit says where."""
    permit = await residence.held_permit(desk.session, stay.person_id)
    if permit is not None and (permit.division, permit.neighbourhood) != (stay.division, stay.neighbourhood):
        permit.division, permit.neighbourhood = stay.division, stay.neighbourhood
        desk.changes.touch(permit, "varied", max(on, permit.granted_on), law.STAY)


async def end_with_stay(desk: Desk, person: UUID, on: date) -> None:
    permit = await residence.held_permit(desk.session, person)
    if permit is not None:
        permit.state, permit.ended_on = PermitState.ENDED, max(on, permit.granted_on)
        desk.changes.touch(permit, "ended", permit.ended_on, law.STAY)
        await desk.session.flush()


async def _check(desk: Desk, person: Person, on: date) -> Stay:
    """The stay that a permit can rest on, by the rules of ``on``."""
    alive(standing(person))
    stay = await residence.open_stay(desk.session, person.id)
    held = await residence.held_permit(desk.session, person.id)
    months = desk.rules.parameter("permit-stay-months", on)
    permits.may_hold(None if stay is None else stay.counted_from, on, months, held is not None)
    assert stay is not None, "may_hold refuses without a stay"
    return stay


def _terms(desk: Desk, on: date) -> Terms:
    return Terms(
        every=desk.rules.parameter("permit-endorsement-months", on),
        window=desk.rules.parameter("permit-endorsement-window-months", on),
    )
