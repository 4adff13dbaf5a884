"""Accounts that a case draws on: whose they are, free again when the case is over, and emptied for good."""

from dataclasses import replace

from onewindow_kit.decide import Principal
from onewindow_kit.problems import NotFound, VersionConflict

from housing.domain.fund.account import Account, Closing, Movement
from housing.service.fund.books import Books
from housing.service.fund.employees import seal
from housing.store.fund import accounts, employers


async def own(books: Books, caller: Principal, urn: str) -> Account:
    """The caller's own account, locked; anybody else's does not exist."""
    account = await hold(books, urn)
    if account.person != caller.subject:
        raise NotFound
    return account


async def hold(books: Books, urn: str) -> Account:
    """An account, locked after its employer; NotFound."""
    found = await accounts.find(books.session, urn)
    if found is None:
        raise NotFound
    if found.employer is not None:
        books.open((await employers.hold(books.session, [found.employer])).values())
    [account] = await accounts.hold(books.session, [urn])
    if account.employer != found.employer:
        raise VersionConflict
    books.open([account])
    return account


async def take_up(books: Books, urn: str) -> Account:
    """The account of a case that is over, one way or the other: another application may follow."""
    account = replace(await hold(books, urn), pending=None)
    await accounts.mark(books.session, urn, None)
    books.open([account])
    return account


async def pay_out(books: Books, account: Account, because: Closing, pay: Movement, note: str) -> Account:
    """Interest to the day, everything paid out, and the account closed; its employer has an employee fewer."""
    if account.state == "open":
        await seal(books, account, books.today)
        account = books.accounts[account.urn]
    return await books.close(account, because, pay, note)
