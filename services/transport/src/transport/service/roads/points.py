"""Points in their cycles, and what twelve of them do to the licence.

Callers hold the licence's row; the cycle is locked after it. Every way in first brings the cycle up to today, so that
what a cycle's end does is the same whether the nightly duty or a command finds it ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from onewindow_kit.records import new_urn, random_id
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import events
from transport.domain import licences as licence_rules
from transport.domain.roads import points as domain
from transport.domain.roads.points import Duty, Given, Span
from transport.events import Act
from transport.events.roads import points_cycle
from transport.service import adverse
from transport.service.desk import TRAFFIC_POLICE, VEHICLE_ADMINISTRATION, Desk
from transport.service.licences import Grounds
from transport.service.licences import keep as keep_licence
from transport.service.permits import REMEDY
from transport.service.roads import rules
from transport.store import licences, rows
from transport.store.roads import cycles, violations
from transport.tables import DrivingLicence, PointsCycle, PointsReduction, Violation

BASIS = "道路交通安全违法行为记分管理办法（公安部令第163号）"
FULL = Grounds("一个记分周期内累积记分满12分，扣留驾驶证 / twelve points in one cycle: the licence is retained", REMEDY)
FALLEN = Grounds("记分不再满12分，发还驾驶证 / fewer than twelve points stand: the licence is given back", REMEDY)
PROBATION = Grounds("实习期内记满12分，注销准驾车型 / twelve points in probation: the class is cancelled", REMEDY)
CARRIED = "carried-over"
"""What a cycle's end leaves of the reductions before it."""


async def current(desk: Desk, session: AsyncSession, licence: DrivingLicence, today: date) -> PointsCycle:
    """The licence's running cycle, locked; a new one where there was none."""
    row = await running(desk, session, licence, today)
    return row or await _start(desk, session, licence, span_of(desk, licence, today), today)


async def running(desk: Desk, session: AsyncSession, licence: DrivingLicence, today: date) -> PointsCycle | None:
    """The same without beginning one; those that ended are closed on the way."""
    row = await cycles.open_of(session, licence.urn)
    while row is not None and row.ends_on < today:
        row = await close(desk, session, licence, row)
    return row


async def close(desk: Desk, session: AsyncSession, licence: DrivingLicence, row: PointsCycle) -> PointsCycle | None:
    """End a cycle; the next one, where points pass into it."""
    given = await violations.counting_in(session, row.urn)
    taken = await cycles.reductions(session, row.urn)
    stand = domain.total((each.points for each in given), (each.points for each in taken))
    ends_on = row.ends_on
    passing = {
        each.violation
        for each in domain.passing_on(
            [Given(each.urn, each.points, each.paid_on) for each in given],
            stand,
            ends_on,
            rules.full(desk.rules, ends_on),
            rules.carry(desk.rules, ends_on),
        )
    }
    for each in given:
        each.counting = each.urn in passing
    for each in taken:
        each.counting = False
    row.state, row.points = "ended", stand
    await _publish(desk, session, licence, row, ends_on, "ended")
    if not passing:
        return None
    after = await _start(
        desk, session, licence, span_of(desk, licence, ends_on + domain.DAY), ends_on + domain.DAY, before=row
    )
    moved = [each for each in given if each.urn in passing]
    for each in moved:
        each.cycle = after.urn
    # Nobody begins a cycle with more than stood at the end of the one before.
    if (surplus := sum(each.points for each in moved) - stand) > 0:
        session.add(_reduction(after.urn, CARRIED, surplus, after.starts_on))
    await _settle(desk, session, licence, after, after.starts_on)
    after.carried_in = after.points
    await _publish(desk, session, licence, after, after.starts_on, "created")
    return after


async def give(desk: Desk, session: AsyncSession, violation: Violation, licence: DrivingLicence, on: date) -> None:
    """The violation's points count from now on."""
    if not violation.points:
        return
    cycle = await current(desk, session, licence, on)
    violation.licence, violation.cycle, violation.counting = licence.urn, cycle.urn, True
    await _settle(desk, session, licence, cycle, on)
    await _publish(desk, session, licence, cycle, on, "varied")


async def take(
    desk: Desk, session: AsyncSession, violation: Violation, licence: DrivingLicence | None, on: date
) -> None:
    """They count no more; a licence that was retained for them comes back when fewer than twelve are left."""
    cycle = None if licence is None else await running(desk, session, licence, on)
    if licence is None or cycle is None or not violation.counting:
        return  # never given, or cleared already, perhaps just now with the end of its cycle
    violation.counting = False
    await _settle(desk, session, licence, cycle, on)
    await _publish(desk, session, licence, cycle, on, "varied")


async def reducible(
    desk: Desk, session: AsyncSession, licence: DrivingLicence, means: str, on: date, judged_on: date
) -> int:
    """How many points study or volunteering would take off today, by the rules of another day; ReductionLimit, NoPoints."""
    cycle = await running(desk, session, licence, on)
    stand, reduced = (0, 0) if cycle is None else (cycle.points, cycle.reduced)
    worth = rules.reduction(desk.rules, means, judged_on)
    return domain.reduce(stand, worth, reduced, rules.reduction_most(desk.rules, judged_on))


async def reduce(
    desk: Desk, session: AsyncSession, licence: DrivingLicence, means: str, on: date, judged_on: date
) -> PointsCycle:
    """Take them off."""
    points = await reducible(desk, session, licence, means, on, judged_on)
    cycle = await current(desk, session, licence, on)
    session.add(_reduction(cycle.urn, means, points, on))
    cycle.reduced += points
    await _settle(desk, session, licence, cycle, on)
    await _publish(desk, session, licence, cycle, on, "varied")
    return cycle


async def clear(desk: Desk, session: AsyncSession, licence: DrivingLicence, cycle: PointsCycle, on: date) -> None:
    """Study and examination are done: what stood stands no more, how often twelve were reached does."""
    for each in await violations.counting_in(session, cycle.urn):
        each.counting = False
    for each in await cycles.reductions(session, cycle.urn):
        each.counting = False
    cycle.points, cycle.full_on, cycle.holds = 0, None, False
    await _publish(desk, session, licence, cycle, on, "varied")


async def close_ended(desk: Desk, session: AsyncSession, today: date, limit: int) -> int:
    """The duty of each day: bring up to ``limit`` licences past the ends of their cycles; how many."""
    found = await cycles.ended(session, today, limit)
    for urn in found:
        await running(desk, session, await rows.locked(session, DrivingLicence, urn, None), today)
    return len(found)


async def some_ended(session: AsyncSession, today: date) -> bool:
    """Whether cycles are left to close."""
    return bool(await cycles.ended(session, today, 1))


def duty(desk: Desk, licence: DrivingLicence, cycle: PointsCycle) -> Duty | None:
    """What brings the licence back while twelve points stand."""
    if cycle.full_on is None:
        return None
    full = rules.full(desk.rules, cycle.full_on)
    return domain.duty(
        cycle.times_full, cycle.points, full, licence.classes, rules.full_rules(desk.rules, cycle.full_on)
    )


def span_of(desk: Desk, licence: DrivingLicence, day: date) -> Span:
    """The cycle of a licence in which a day lies."""
    return domain.span(licence.first_issued_on, day, rules.cycle_months(desk.rules, day))


async def _start(
    desk: Desk,
    session: AsyncSession,
    licence: DrivingLicence,
    span: Span,
    on: date,
    before: PointsCycle | None = None,
) -> PointsCycle:
    """A new cycle; one that takes points over is published once they stand in it."""
    row = PointsCycle(
        urn=new_urn(desk.authority(TRAFFIC_POLICE), "points-cycle"),
        version=0,
        licence=licence.urn,
        holder=licence.holder,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        state="open",
        points=0,
        carried_in=0,
        reduced=0,
        times_full=before.times_full if before is not None and before.full_on is not None else 0,
        full_on=before.full_on if before is not None else None,
        holds=before.holds if before is not None else False,
    )
    session.add(row)
    await session.flush()
    return row


async def _settle(desk: Desk, session: AsyncSession, licence: DrivingLicence, cycle: PointsCycle, on: date) -> None:
    """Add the cycle up anew, and retain or give back the licence where twelve points are crossed."""
    await session.flush()
    given: Sequence[Violation] = await violations.counting_in(session, cycle.urn)
    taken = await cycles.reductions(session, cycle.urn)
    cycle.points = domain.total((each.points for each in given), (each.points for each in taken))
    stands = cycle.points >= rules.full(desk.rules, on)
    if stands and cycle.full_on is None:
        cycle.times_full += 1
        counting = [each.urn for each in given]
        cycle.full_on, cycle.holds = on, await _retain(desk, session, licence, counting, on)
    elif not stands and cycle.full_on is not None:
        cycle.times_full -= 1
        held, cycle.full_on, cycle.holds = cycle.holds, None, False
        if held and licence.state in ("retained", "use-stopped"):
            value = licence_rules.restore(licences.licence(licence), on, None, True, desk.rules.licences(on))
            await keep_licence(desk, session, licence, value, _act(desk, VEHICLE_ADMINISTRATION, on), FALLEN)


async def _retain(
    desk: Desk, session: AsyncSession, licence: DrivingLicence, counting: Sequence[str], on: date
) -> bool:
    """Retain a valid licence; classes in probation are cancelled, with the last of them the licence. Whether it is held.

    ``counting`` are the violations whose points stand: the evidence of what the law does here by itself.
    """
    value = licences.licence(licence)
    if value.state != "valid":
        return False
    added = await cycles.added_classes(session, licence.urn)
    months = rules.probation_months(desk.rules, on)
    young = domain.on_probation(value.classes, value.first_issued_on, added, on, months)
    act = _act(desk, VEHICLE_ADMINISTRATION, on)
    left = tuple(name for name in value.classes if name not in young)
    if not left:
        cancelled = licence_rules.cancel(value, on, "probation-points", desk.rules.licences(on))
        await keep_licence(desk, session, licence, cancelled, act, PROBATION)
        await adverse.counted(desk, session, licence, value, counting, on)
        return False
    retained = licence_rules.retain(replace(value, classes=left), on)
    await keep_licence(desk, session, licence, retained, act, PROBATION if young else FULL)
    await adverse.counted(desk, session, licence, value, counting, on)
    return True


def _reduction(cycle: str, means: str, points: int, on: date) -> PointsReduction:
    return PointsReduction(id=random_id(), cycle=cycle, means=means, points=points, granted_on=on, counting=True)


def _act(desk: Desk, authority: str, on: date) -> Act:
    return Act(desk.authority(authority), on, BASIS)


async def _publish(
    desk: Desk, session: AsyncSession, licence: DrivingLicence, row: PointsCycle, on: date, change: events.Change
) -> None:
    row.version += 1
    await session.flush()
    first: events.Change = "created" if row.version == 1 else change
    record = points_cycle(row, duty(desk, licence, row), _act(desk, TRAFFIC_POLICE, on), first)
    await desk.records.publish(session, record)
