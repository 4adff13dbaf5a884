"""Taking over violations that an older system has, with the points that still count.

Points and fines are those of the day it happened; a paid one counts only if it was accepted in the running cycle. A row
whose document is recorded already is left as it is, so that overlapping files change nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onewindow_contracts.errors import NotYetInForce
from onewindow_kit.problems import Problem, RuleNotInForce
from onewindow_kit.pseudonyms import is_organisation
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.problems import HolderDeceased
from transport.domain.roads.problems import NaturalPersonOnly, NotTheOwnerThen, PlateUnknown
from transport.domain.roads.violations import State
from transport.domain.roads.violations import Violation as Value
from transport.events import Act
from transport.events.roads import violation as violation_record
from transport.service.desk import TRAFFIC_POLICE, Desk
from transport.service.roads import points, rules
from transport.service.roads.recording import Found, new_row
from transport.store import licences, people, plates, rows
from transport.store.roads import violations
from transport.tables import Vehicle

LEGAL_BASIS = "历史数据移交 / taken over from the earlier registry"
Refused = list[tuple[int, type[Problem]]]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A violation of the past; ``found.legal_basis`` is the takeover's."""

    found: Found
    state: State
    accepted_on: date | None
    paid_on: date | None


async def take_over(desk: Desk, session: AsyncSession, wanted: Sequence[Earlier]) -> Refused:
    """Store and publish; the index of each row that is refused, and why."""
    refused = Refused()
    blinds = [violations.document_blind(each.found.document) for each in wanted]
    known = await violations.known_documents(session, blinds)
    for index, (each, blind) in enumerate(zip(wanted, blinds, strict=True)):
        if blind in known:
            continue
        known.add(blind)
        try:
            await _one(desk, session, each)
        except NotYetInForce:
            refused.append((index, RuleNotInForce))
        except Problem as why:
            refused.append((index, type(why)))
    return refused


async def _one(desk: Desk, session: AsyncSession, each: Earlier) -> None:
    """Everything that can refuse the row comes before anything is written."""
    found, today = each.found, desk.today()
    penalty = rules.penalty(desk.rules, found.kind, found.occurred_on)
    owner = vehicle = licence = None
    if found.plate is not None:
        if (vehicle := await plates.vehicle_with(session, found.plate)) is None:
            raise PlateUnknown
        car = await rows.locked(session, Vehicle, vehicle, None)
        owner = car.owner if car.owner_since <= found.occurred_on else None
    if owner is None and found.driver is None:
        raise NotTheOwnerThen
    if found.driver is not None:
        if is_organisation(found.driver):
            raise NaturalPersonOnly
        if await people.deceased(session, found.driver):
            raise HolderDeceased
        licence = next(iter(await licences.live_of_holder(session, found.driver)), None)
    value = Value(
        penalty.points,
        penalty.fine,
        owner,
        found.driver,
        rules.respond_by(desk.rules, today),
        state=each.state,
        accepted_on=each.accepted_on,
        pay_by=None if each.accepted_on is None else rules.pay_by(desk.rules, each.accepted_on),
        paid_on=each.paid_on,
        paid=None if each.paid_on is None else penalty.fine,
    )
    row = new_row(desk, found, value, vehicle, today)
    session.add(row)
    await session.flush()
    if licence is not None and each.accepted_on is not None:
        cycle = await points.running(desk, session, licence, today)
        begins = cycle.starts_on if cycle is not None else points.span_of(desk, licence, today).starts_on
        if each.paid_on is None or each.accepted_on >= begins:
            await points.give(desk, session, row, licence, today)
    await session.flush()
    act = Act(desk.authority(TRAFFIC_POLICE), found.occurred_on, LEGAL_BASIS)
    await desk.records.publish(session, violation_record(row, act, "created"))
