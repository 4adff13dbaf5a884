"""Pools with their parties in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from onewindow_kit.problems import NotFound
from sqlalchemy import tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.lottery.parties import Party
from transport.domain.lottery.pool import Pool, PublicValue
from transport.tables import Lottery, LotteryParty

SAME = ("state", "size", "root", "frozen_at", "seed", "drawn_at", "awarded")
"""What the domain's value and the row both have under one name, and a step may change."""


def add(session: AsyncSession, row: Lottery, parties: Sequence[Party]) -> None:
    session.add(row)
    session.add_all(
        LotteryParty(lottery=row.urn, name=each.name, title=each.title, public_key=each.public_key) for each in parties
    )


async def parties(session: AsyncSession, urn: str) -> Sequence[LotteryParty]:
    query = select(LotteryParty).where(LotteryParty.lottery == urn).order_by(LotteryParty.name)
    return (await session.exec(query, execution_options={"populate_existing": True})).all()


def pool(row: Lottery, found: Sequence[LotteryParty]) -> Pool:
    """The domain's value of a row and its parties."""
    value = None
    if row.due_at is not None:
        value = PublicValue(row.source or "", row.reference or "", row.due_at, row.value)
    named = tuple(Party(p.name, p.title, p.public_key, p.commitment, p.signature, p.secret) for p in found)
    kept = {name: getattr(row, name) for name in SAME}
    return Pool(row.urn, row.quota, row.opened_on, row.freeze_on, named, public_value=value, **kept)


def keep(row: Lottery, found: Sequence[LotteryParty], after: Pool) -> None:
    """Write the domain's value into the rows."""
    for name in SAME:
        setattr(row, name, getattr(after, name))
    if after.public_value is not None:
        value = after.public_value
        row.source, row.reference, row.due_at, row.value = value.source, value.reference, value.due_at, value.value
    for party, value in zip(found, after.parties, strict=True):
        party.commitment, party.signature, party.secret = value.commitment, value.signature, value.secret


async def shared(session: AsyncSession, urn: str) -> Lottery:
    """The pool, which can't be frozen until the command ends; entries of many people go on at once. NotFound."""
    query = select(Lottery).where(Lottery.urn == urn).with_for_update(read=True)
    row = (await session.exec(query, execution_options={"populate_existing": True})).one_or_none()
    if row is None:
        raise NotFound
    return row


async def newest(
    session: AsyncSession, before: tuple[datetime, str] | None, limit: int
) -> tuple[list[str], tuple[datetime, str] | None]:
    """Up to ``limit`` URNs, newest first, and where the next page begins."""
    query = select(Lottery.urn, Lottery.created_at)
    if before is not None:
        query = query.where(tuple_(col(Lottery.created_at), col(Lottery.urn)) < before)
    ordered = query.order_by(col(Lottery.created_at).desc(), col(Lottery.urn).desc()).limit(limit + 1)
    found = (await session.exec(ordered)).all()
    last = (found[limit - 1][1], found[limit - 1][0]) if len(found) > limit else None
    return [urn for urn, _ in found[:limit]], last
