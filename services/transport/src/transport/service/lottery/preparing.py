"""A pool before its draw: opened by an officer; parties commit, and reveal once the list is frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import events
from transport.domain.days import not_before
from transport.domain.lottery import pool as domain
from transport.domain.lottery.parties import Party, named
from transport.domain.lottery.pool import Pool
from transport.service.desk import VEHICLE_ADMINISTRATION, Desk
from transport.service.lottery import rules
from transport.service.lottery.keeping import act, held, keep_pool
from transport.store.lottery import pools
from transport.tables import Lottery


async def open_pool(
    desk: Desk,
    session: AsyncSession,
    *,
    period: str,
    quota: int,
    freeze_on: date,
    parties: Sequence[Party],
    now: datetime,
    legal_basis: str,
) -> Record:
    today = desk.today()
    not_before(today, freeze_on=freeze_on)
    these = named(parties, rules.least_parties(desk.rules, today))
    urn = new_urn(desk.authority(VEHICLE_ADMINISTRATION), "lottery-draw")
    pool = Pool(urn, quota, today, freeze_on, these)
    row = Lottery(
        urn=urn,
        version=1,
        period=period,
        state=pool.state,
        quota=quota,
        opened_on=today,
        freeze_on=freeze_on,
        created_at=now,
    )
    pools.add(session, row, these)
    await session.flush()
    record = events.lottery_draw(row, pool, (), act(desk, today, legal_basis), "created")
    await desk.records.publish(session, record)
    return record


async def commit(desk: Desk, session: AsyncSession, urn: str, *, party: str, commitment: str, signature: str) -> Record:
    found = await held(session, urn)
    after = domain.commit(found.pool, party, commitment, signature)
    return await keep_pool(desk, session, found, after, (), act(desk, desk.today()))


async def reveal(desk: Desk, session: AsyncSession, urn: str, *, party: str, secret: str, now: datetime) -> Record:
    found = await held(session, urn)
    after = domain.reveal(found.pool, party, secret, now)
    return await keep_pool(desk, session, found, after, (), act(desk, desk.today()))
