"""Whose accounts, lines and loans are: filed under another name when persons merge or part."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import any_, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.account import Entry
from housing.domain.fund.contribution import MonthDue
from housing.store.arrays import array_of
from housing.store.fund.ledger import ENTRY_FIELDS, MONTH_FIELDS
from housing.tables.fund import FundAccountRow, FundCarriedRow, FundEntryRow, FundLoanRow, FundMonthRow

_ENTRY = select(*(col(getattr(FundEntryRow, name)) for name in ENTRY_FIELDS))
_MONTH = select(*(col(getattr(FundMonthRow, name)) for name in MONTH_FIELDS))


async def entries_by_urn(session: AsyncSession, urns: Collection[str]) -> list[Entry]:
    """Lines by URN, in order."""
    query = _ENTRY.where(col(FundEntryRow.urn) == any_(array_of(urns)))
    query = query.order_by(FundEntryRow.account, FundEntryRow.line)  # type: ignore[arg-type]  # columns at run time
    return [Entry(*row) for row in (await (await session.connection()).execute(query)).all()]


async def loan_urns(session: AsyncSession, person: str) -> list[str]:
    """URNs of a person's loans."""
    return list(await session.exec(select(FundLoanRow.urn).where(FundLoanRow.person == person)))


async def owed(session: AsyncSession, account: str) -> list[MonthDue]:
    """The months of an account that are in arrears."""
    query = _MONTH.where(FundMonthRow.account == account, col(FundMonthRow.paid_on).is_(None))
    return [MonthDue(*row) for row in (await (await session.connection()).execute(query)).all()]


async def payers_of(session: AsyncSession, account: str) -> list[str]:
    """The employers that pay for an account or owe months to it."""
    pays = select(FundAccountRow.employer).where(FundAccountRow.urn == account)
    owes = select(FundMonthRow.employer).where(FundMonthRow.account == account, col(FundMonthRow.paid_on).is_(None))
    return [urn for urn in {*await session.exec(pays), *await session.exec(owes)} if urn is not None]


async def forget_owed(session: AsyncSession, account: str) -> None:
    """They stand elsewhere from now on."""
    gone = delete(FundMonthRow).where(col(FundMonthRow.account) == account, col(FundMonthRow.paid_on).is_(None))
    await (await session.connection()).execute(gone)


async def forget_months(session: AsyncSession, account: str, months: Collection[date]) -> None:
    """Unpaid months that were never due."""
    gone = delete(FundMonthRow).where(col(FundMonthRow.account) == account, col(FundMonthRow.paid_on).is_(None))
    await (await session.connection()).execute(gone.where(col(FundMonthRow.month).in_(months)))


async def forget_carried(session: AsyncSession, source: str) -> None:
    """What was taken over has been given back."""
    await (await session.connection()).execute(delete(FundCarriedRow).where(col(FundCarriedRow.source) == source))
