"""Lines of ledgers, and months paid or in arrears."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import fields
from datetime import date

from sqlalchemy import any_, func, literal_column, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.account import Entry
from housing.domain.fund.contribution import MonthDue
from housing.store.arrays import array_of
from housing.tables.fund import FundAccountRow, FundEntryRow, FundMonthRow

ENTRY_FIELDS = tuple(field.name for field in fields(Entry))
MONTH_FIELDS = tuple(field.name for field in fields(MonthDue))
assert set(ENTRY_FIELDS) == set(FundEntryRow.model_fields)
assert set(MONTH_FIELDS) == set(FundMonthRow.model_fields)
_ENTRY = select(*(col(getattr(FundEntryRow, name)) for name in ENTRY_FIELDS))
_MONTH = select(*(col(getattr(FundMonthRow, name)) for name in MONTH_FIELDS))

# Lines before the day up to which interest is credited are the opening balance: one sum, however long the history.
_MOVEMENTS = text(
    """
    select e.account, greatest(e.value_on, a.interest_until) as day, sum(e.amount)
    from fund_entry e join fund_account a on a.urn = e.account
    where e.account = any(:accounts) group by 1, 2
    """
)


async def movements(session: AsyncSession, accounts: Collection[str]) -> dict[str, list[tuple[date, int]]]:
    """Day and sum of what moved, by account; all that lies before its ``interest_until`` on that day."""
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    rows = await (await session.connection()).execute(_MOVEMENTS, {"accounts": list(accounts)})
    for account, day, amount in rows:
        found[account].append((day, int(amount)))
    return found


async def entries(session: AsyncSession, accounts: Collection[str]) -> list[Entry]:
    """All lines of ledgers, in order."""
    query = _ENTRY.where(col(FundEntryRow.account) == any_(array_of(accounts)))
    rows = (await (await session.connection()).execute(query.order_by(FundEntryRow.account, FundEntryRow.line))).all()  # type: ignore[arg-type]  # columns at run time
    return [Entry(*row) for row in rows]


async def urns_newest_first(
    session: AsyncSession, account: str, below: int | None, limit: int
) -> list[tuple[int, str]]:
    """Line and URN of an account's lines, those below a line when one is given."""
    query = select(FundEntryRow.line, FundEntryRow.urn).where(FundEntryRow.account == account)
    if below is not None:
        query = query.where(FundEntryRow.line < below)
    return list((await session.exec(query.order_by(col(FundEntryRow.line).desc()).limit(limit))).all())


async def urns_of(session: AsyncSession, person: str) -> list[str]:
    """URNs of all lines of a person's ledgers."""
    query = select(FundEntryRow.urn).join(FundAccountRow, col(FundAccountRow.urn) == FundEntryRow.account)
    return list(await session.exec(query.where(FundAccountRow.person == person)))


async def taken(session: AsyncSession, person: str, reason: str, since: date) -> int:
    """What a person withdrew for a reason since a day, in fen, whatever the account."""
    query = (
        select(func.coalesce(func.sum(-col(FundEntryRow.amount)), literal_column("0")))
        .join(FundAccountRow, col(FundAccountRow.urn) == FundEntryRow.account)
        .where(FundAccountRow.person == person, FundEntryRow.kind == "withdrawal", FundEntryRow.note == reason)
    )
    return int((await session.exec(query.where(FundEntryRow.value_on >= since))).one())


async def months(session: AsyncSession, accounts: Collection[str]) -> dict[tuple[str, date], MonthDue]:
    """What is known of the accounts' months, by account and month."""
    query = _MONTH.where(col(FundMonthRow.account) == any_(array_of(accounts)))
    rows = (await (await session.connection()).execute(query)).all()
    return {(each.account, each.month): each for each in (MonthDue(*row) for row in rows)}


async def months_paid(session: AsyncSession, person: str, by: date) -> set[date]:
    """The months that were paid for a person by a day, whatever the account."""
    query = select(FundMonthRow.month).join(FundAccountRow, col(FundAccountRow.urn) == FundMonthRow.account)
    return set(await session.exec(query.where(FundAccountRow.person == person, col(FundMonthRow.paid_on) <= by)))
