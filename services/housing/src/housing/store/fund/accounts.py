"""Accounts. What is to change is read with its row locked, so that of two commands the second sees what the first did."""

from collections.abc import Collection
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Select, any_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.account import Account
from housing.store.arrays import array_of
from housing.tables.fund import FundAccountRow

FIELDS = tuple(field.name for field in fields(Account))
assert set(FIELDS) == set(FundAccountRow.model_fields)
_SELECT = select(*(col(getattr(FundAccountRow, name)) for name in FIELDS))


async def find(session: AsyncSession, urn: str) -> Account | None:
    """An account, not locked."""
    return next(iter(await _accounts(session, _SELECT.where(FundAccountRow.urn == urn))), None)


async def hold(session: AsyncSession, urns: Collection[str]) -> list[Account]:
    """Accounts by URN, locked until the transaction ends."""
    return await _held(session, col(FundAccountRow.urn) == any_(array_of(urns)))


async def hold_live(session: AsyncSession, persons: Collection[str]) -> dict[str, Account]:
    """The accounts of ``persons`` that are not closed, locked, by person."""
    mine = col(FundAccountRow.person) == any_(array_of(persons))
    return {each.person: each for each in await _held(session, mine, FundAccountRow.state != "closed")}


async def newest_closed(session: AsyncSession, persons: Collection[str]) -> dict[str, Account]:
    """The account that was closed last of each of ``persons``, by person."""
    query = _SELECT.where(col(FundAccountRow.person) == any_(array_of(persons)))
    found = await _accounts(session, query.where(FundAccountRow.state == "closed"))
    return {each.person: each for each in sorted(found, key=lambda account: account.closed_on or date.min)}


async def of_person(session: AsyncSession, person: str) -> list[Account]:
    """All accounts of one person, locked, the newest last."""
    return sorted(
        await _held(session, FundAccountRow.person == person), key=lambda account: (account.since, account.urn)
    )


async def mark(session: AsyncSession, urn: str, case: str | None) -> None:
    """The case that is to draw on an account, None when there is none any more; no change that its record shows."""
    statement = update(FundAccountRow).where(col(FundAccountRow.urn) == urn).values(pending=case)
    await (await session.connection()).execute(statement)


async def interest_due(session: AsyncSession, day: date, limit: int) -> list[Account]:
    """Accounts whose interest for the days before ``day`` is not credited, locked; those that others hold are left."""
    due = (FundAccountRow.state != "closed", FundAccountRow.interest_until < day)
    return await _skipping(session, due, limit)


async def payers_unchecked(session: AsyncSession, month: date, limit: int) -> list[str]:
    """Employers with accounts not yet looked at for arrears of ``month``."""
    query = select(FundAccountRow.employer).where(*_unchecked(month)).order_by(FundAccountRow.employer)  # type: ignore[arg-type]  # a column at run time
    return [urn for urn in await session.exec(query.distinct().limit(limit)) if urn is not None]


async def unchecked(session: AsyncSession, month: date, payers: Collection[str], limit: int) -> list[Account]:
    """Those accounts of ``payers``, locked; those that others hold are left to them."""
    paid_by = col(FundAccountRow.employer) == any_(array_of(payers))
    return await _skipping(session, (*_unchecked(month), paid_by), limit)


async def hold_of_employer(session: AsyncSession, employer: str) -> list[Account]:
    """All accounts that an employer pays for, locked."""
    return await _held(session, FundAccountRow.employer == employer)


async def live_urn(session: AsyncSession, person: str) -> str | None:
    """The URN of the account of a person that is not closed."""
    query = select(FundAccountRow.urn).where(FundAccountRow.person == person, FundAccountRow.state != "closed")
    return (await session.exec(query)).one_or_none()


async def urns_of(session: AsyncSession, person: str) -> list[str]:
    """URNs of a person's accounts, the newest first."""
    query = select(FundAccountRow.urn).where(FundAccountRow.person == person)
    return list(await session.exec(query.order_by(col(FundAccountRow.since).desc(), FundAccountRow.urn)))


def _unchecked(month: date) -> tuple[Any, ...]:
    return FundAccountRow.state == "open", col(FundAccountRow.employer).is_not(None), FundAccountRow.checked <= month


async def _held(session: AsyncSession, *where: Any) -> list[Account]:
    query = _SELECT.where(*where).order_by(FundAccountRow.urn).with_for_update()
    return await _accounts(session, query)


async def _skipping(session: AsyncSession, where: Any, limit: int) -> list[Account]:
    query = _SELECT.where(*where).order_by(FundAccountRow.urn).limit(limit)
    return await _accounts(session, query.with_for_update(skip_locked=True))


async def _accounts(session: AsyncSession, query: Select[Any]) -> list[Account]:
    rows = (await (await session.connection()).execute(query)).all()
    return [Account(*row) for row in rows]
