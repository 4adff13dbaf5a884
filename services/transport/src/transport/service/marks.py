"""Mortgages and freezes on vehicles."""

from __future__ import annotations

from datetime import date

from onewindow_kit.records import Record, random_id
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain import vehicles as domain
from transport.domain.days import not_before, plausible
from transport.domain.problems import HolderDeceased, TooManyMarks
from transport.domain.vehicles import Freeze, Mortgage, Vehicle
from transport.events import Act
from transport.service.desk import VEHICLE_ADMINISTRATION, Desk
from transport.service.vehicles import keep, locked
from transport.store import people

MOST_MORTGAGES, MOST_FREEZES = 20, 50  # not a rule: what a record holds
"""What one record holds (the contract's maxItems)."""


async def enter_mortgage(
    desk: Desk,
    session: AsyncSession,
    urn: str,
    version: int,
    *,
    mortgagee_code: str,
    mortgagee: str,
    since: date,
    legal_basis: str,
) -> Record:
    row, before = await locked(session, urn, version)
    if await people.deceased(session, row.owner):
        raise HolderDeceased  # a mortgage disposes of the vehicle, which is the heirs' to do
    if len(before.mortgages) >= MOST_MORTGAGES:
        raise TooManyMarks
    after = domain.mortgage(before, Mortgage(random_id(), mortgagee_code, mortgagee, since), desk.today())
    return await keep(desk, session, row, before, after, _act(desk, since, legal_basis), "varied")


async def discharge_mortgage(
    desk: Desk, session: AsyncSession, urn: str, version: int, *, mark: str, effective_on: date, legal_basis: str
) -> Record:
    row, before = await locked(session, urn, version)
    _removable(desk, [each.since for each in before.mortgages if each.id == mark], effective_on)
    after = domain.discharge(before, mark)
    return await keep(desk, session, row, before, after, _act(desk, effective_on, legal_basis), "varied")


async def enter_freeze(
    desk: Desk,
    session: AsyncSession,
    urn: str,
    version: int,
    *,
    ordered_by: str,
    document: str,
    since: date,
    until: date,
    legal_basis: str,
) -> Record:
    row, before = await locked(session, urn, version)
    if len(before.freezes) >= MOST_FREEZES:
        raise TooManyMarks
    mark = Freeze(random_id(), ordered_by, document, since, until)
    after: Vehicle = domain.freeze(before, mark, desk.rules.freeze_longest_years(since), desk.today())
    return await keep(desk, session, row, before, after, _act(desk, since, legal_basis), "varied")


async def lift_freeze(
    desk: Desk, session: AsyncSession, urn: str, version: int, *, mark: str, effective_on: date, legal_basis: str
) -> Record:
    row, before = await locked(session, urn, version)
    _removable(desk, [each.since for each in before.freezes if each.id == mark], effective_on)
    after = domain.lift(before, mark)
    return await keep(desk, session, row, before, after, _act(desk, effective_on, legal_basis), "varied")


def _removable(desk: Desk, since: list[date], effective_on: date) -> None:
    plausible(desk.today(), effective_on=effective_on)
    for day in since:
        not_before(day, effective_on=effective_on)


def _act(desk: Desk, effective_on: date, legal_basis: str) -> Act:
    return Act(desk.authority(VEHICLE_ADMINISTRATION), effective_on, legal_basis)
