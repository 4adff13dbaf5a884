"""The draw, and the award of quotas to those drawn who still meet the conditions."""

from __future__ import annotations

from datetime import date, datetime

from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import events
from transport.domain.lottery import pool as domain
from transport.domain.lottery import quotas as rights
from transport.domain.lottery.conditions import unmet
from transport.service.desk import VEHICLE_ADMINISTRATION, Desk
from transport.service.lottery import rules
from transport.service.lottery.facts import facts, homes
from transport.service.lottery.freezing import exclude
from transport.service.lottery.keeping import act, held, keep_entries, keep_pool
from transport.store.lottery import entries
from transport.tables import LotteryEntry, PlateQuota


async def draw(
    desk: Desk, session: AsyncSession, urn: str, version: int, *, value: str, now: datetime, legal_basis: str
) -> Record:
    """Once; from the stored list, which must still lead to the published root."""
    found = await held(session, urn, version)
    after, codes = domain.draw(found.pool, await entries.listed(session, urn), value, now)
    done, place = act(desk, desk.today(), legal_basis), {code: n for n, code in enumerate(codes, 1)}
    listed = await entries.in_state(session, urn, "listed")
    for entry in listed:
        entry.drawn = place.get(entry.code)
        entry.state = "lost" if entry.drawn is None else "won"
    await keep_entries(desk, session, [entry for entry in listed if entry.state == "lost"], done, "ended")
    await keep_entries(desk, session, [entry for entry in listed if entry.state == "won"], done)
    return await keep_pool(desk, session, found, after, codes, done)


async def award(desk: Desk, session: AsyncSession, urn: str, version: int, *, legal_basis: str) -> Record:
    """Who was drawn and no longer meets the conditions gets nothing; the quota is not drawn for again."""
    found = await held(session, urn, version)
    domain.may_award(found.pool)
    today, done = desk.today(), act(desk, desk.today(), legal_basis)
    drawn = sorted(await entries.in_state(session, urn, "won"), key=lambda entry: entry.drawn or 0)
    known = await homes(desk, {entry.applicant for entry in drawn}, found.pool.opened_on, today)
    stated = await facts(desk, session, known, today)
    needed = rules.insured_months(desk.rules, found.pool.opened_on)
    given: list[PlateQuota] = []
    for entry in drawn:
        # Two persons on the list may have turned out to be one since: the line drawn first counts.
        again = any(quota.holder == entry.applicant for quota in given)
        ground = "one-entry" if again else unmet(stated[entry.applicant], needed)
        if ground is not None:
            exclude(entry, "not-awarded", ground)
            continue
        entry.state = "awarded"
        given.append(_quota(desk, entry, today))
    session.add_all(given)
    await keep_entries(desk, session, drawn, done, "ended")
    if given:
        await desk.records.publish(session, *(events.plate_quota(row, done, "created") for row in given))
    winners = await entries.winners(session, urn)
    return await keep_pool(desk, session, found, domain.award(found.pool, len(given)), winners, done)


def _quota(desk: Desk, entry: LotteryEntry, on: date) -> PlateQuota:
    right = rights.award(on, rules.quota_months(desk.rules, on))
    return PlateQuota(
        urn=new_urn(desk.authority(VEHICLE_ADMINISTRATION), "plate-quota"),
        version=1,
        holder=entry.applicant,
        lottery=entry.lottery,
        entry=entry.urn,
        state=right.state,
        valid_from=right.valid_from,
        valid_until=right.valid_until,
    )
