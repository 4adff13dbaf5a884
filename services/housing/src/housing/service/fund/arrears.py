"""What employers did not pay in time: recorded month by month, and paid late (Regulations 20, 38)."""

from dataclasses import replace
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund import months
from housing.domain.fund.account import Account
from housing.domain.fund.contribution import MonthDue
from housing.service.fund.books import Books
from housing.service.registry import Registry
from housing.store.fund import accounts, employers, ledger, links, lists

BATCH = 200  # not a rule: how much one transaction does
LATE = "住房公积金管理条例 第二十条"


async def record(session: AsyncSession, registry: Registry, today: date) -> int:
    """A duty: months that had to be paid before ``today`` and were not; how many accounts were looked at.

    Nothing is late while a list is being read: it may bring the money.
    """
    if await lists.being_read(session):
        return 0
    books = Books(session, registry, today, LATE)
    last = books.law.last_month_due(today)
    payers = await accounts.payers_unchecked(session, last, BATCH)
    books.open((await employers.hold(session, payers)).values())
    due = await accounts.unchecked(session, last, list(books.employers), BATCH)
    books.open(due)
    known = await ledger.months(session, [account.urn for account in due])
    for account in due:
        mark(books, account, last, known)
    await books.commit()
    return len(due)


async def check(books: Books, account: Account, last: date) -> Account:
    """The same for one account whose employer is open in the books."""
    if account.employer is None:
        return account
    return mark(books, account, last, await ledger.months(books.session, [account.urn]))


def mark(books: Books, account: Account, last: date, known: dict[tuple[str, date], MonthDue]) -> Account:
    """Months of ``account`` up to ``last`` that nobody has paid are in arrears."""
    assert account.employer is not None
    employer = books.employers[account.employer]
    for month in months.span(account.checked, last):
        if (account.urn, month) not in known:
            books.note_month(MonthDue(account.urn, month, account.employer, account.due, None))
            account = replace(account, arrears=account.arrears + account.due)
            employer = employer.owing(account.due, 1)
    account = replace(account, checked=max(account.checked, months.following(last)))
    books.write(employer)
    books.write(account)
    return account


async def drop_after(books: Books, account: Account, last: date) -> Account:
    """Months after ``last`` that the account's employer, open in the books, is said to owe were never due."""
    if account.employer is None:
        return account
    employer = books.employers[account.employer]
    unpaid = await links.owed(books.session, account.urn)
    late = [each for each in unpaid if each.month > last and each.employer == account.employer]
    for each in late:
        account = replace(account, arrears=account.arrears - each.due)
        employer = employer.owing(-each.due, -1)
    await links.forget_months(books.session, account.urn, [each.month for each in late])
    books.write(employer)
    books.write(account)
    return account
