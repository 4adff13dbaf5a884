"""The yearly interest, credited on the statutory day (Regulations 21)."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.interest import statutory_days
from housing.service.fund.books import INTEREST, Books
from housing.service.registry import Registry
from housing.store.fund import accounts, lists

BATCH = 200  # not a rule: how much one transaction does


async def credit(session: AsyncSession, registry: Registry, today: date) -> int:
    """A duty: interest of all statutory days up to ``today`` for a batch of accounts; how many accounts.

    It waits while a list is being read, which may bring money of days before. What a list brings later than this counts
    from the day after the interest.
    """
    books = Books(session, registry, today, INTEREST)
    past = statutory_days(today.replace(year=today.year - 1, month=1, day=1), today, books.law.interest_days(today))
    if not past or await lists.being_read(session):
        return 0
    due = await accounts.interest_due(session, past[-1], BATCH)
    if not due:
        return 0
    books.open(due)
    oldest = min(account.interest_until for account in due)
    await books.settle_all(due, statutory_days(oldest, today, books.law.interest_days(today)))
    await books.commit()
    return len(due)
