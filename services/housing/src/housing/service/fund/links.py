"""Persons merge and part (identity decides): accounts, lines and loans follow, and no money is lost or made.

A part of ``service.refiling``: records are filed anew one by one; what lines that are another's than their ledger's mean for
the balances is settled once for all of them (``settle``).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from onewindow_kit import clock
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.account import Account
from housing.domain.fund.problems import SplitShort
from housing.events.envelope import UNCLEAR, Change
from housing.events.fund import entry_record, loan_record
from housing.service.fund.books import Books
from housing.service.fund.carrying import CARRIED, carry, give_back, shift, survivor
from housing.service.fund.employees import blank
from housing.service.registry import Registry
from housing.store.fund import accounts, employers, ledger, links, loans, rows
from housing.tables.fund import FundEntryRow, FundLoanRow

IDENTITY = "户口登记条例 第十七条"
"""A person's entries are corrected where two turn out to be one, or one to be two."""


async def urns_of(session: AsyncSession, registry: Registry, person: str) -> list[str]:
    """Every record of the fund that is a person's, accounts first."""
    lines = await ledger.urns_of(session, person)
    return [*await accounts.urns_of(session, person), *lines, *await links.loan_urns(session, person)]


async def refile(
    session: AsyncSession, registry: Registry, urn: str, old: str, new: str, change: Change, on: date
) -> bool:
    """The holder goes by another name. Of two live accounts that are one person's now, one takes over the other."""
    match urn.split(":")[3]:
        case "fund-account":
            await _account(session, registry, urn, old, new, change)
        case "fund-entry":
            await _line(session, registry, urn, new, change)
        case "fund-loan":
            await _loan(session, registry, urn, new, change, on)
        case _:
            return False
    return True


async def settle(session: AsyncSession, registry: Registry, owners: Mapping[str, str]) -> None:
    """After an officer said whose the contested records are: a line that is another's than its ledger's is made good in
    both ledgers by corrections, all of a ledger in one sum; SplitShort when one of the two would become negative."""
    lines = await links.entries_by_urn(session, [urn for urn in owners if ":fund-entry:" in urn])
    ledgers = {account.urn: account for account in await accounts.hold(session, {line.account for line in lines})}
    moved: dict[tuple[str, str], int] = defaultdict(int)
    for line in lines:
        owner, holder = owners[line.urn], ledgers[line.account].person
        if line.note != CARRIED and owner != holder:
            moved[(line.account, owner)] += line.amount
    for (urn, owner), amount in moved.items():
        await _shift(session, registry, urn, owner, amount)
    for urn in ledgers:
        if not await _give_back(session, registry, urn):
            raise SplitShort


async def _account(session: AsyncSession, registry: Registry, urn: str, old: str, new: str, change: Change) -> None:
    books, [account, *others] = await _with_live(session, registry, urn, new)
    other = next((each for each in others if each.urn != urn), None)
    renamed = replace(account, person=new)
    books.write(renamed)
    books.changes[urn] = change
    if other is not None and account.state != "closed":
        target, source = survivor(other, renamed)
        await carry(books, target, source)
    await books.commit()
    if change == "corrected" and not new.startswith(UNCLEAR):
        await _give_back(session, registry, urn, old)


async def _line(session: AsyncSession, registry: Registry, urn: str, new: str, change: Change) -> None:
    [line] = await links.entries_by_urn(session, [urn])
    account = await accounts.find(session, line.account)
    assert account is not None, "a line stands in a ledger"
    after = replace(line, version=line.version + 1)
    await rows.save(session, FundEntryRow, [after])
    await registry.records.publish(session, entry_record(after, account, change, clock.now(), IDENTITY, new))


async def _loan(session: AsyncSession, registry: Registry, urn: str, new: str, change: Change, on: date) -> None:
    loan = await loans.hold(session, urn)
    assert loan is not None, "it was listed in this transaction or in a case"
    after = replace(loan, person=new, version=loan.version + 1)
    await rows.save(session, FundLoanRow, [after])
    await registry.records.publish(session, loan_record(after, change, on, clock.now(), IDENTITY))


async def _shift(session: AsyncSession, registry: Registry, giver: str, owner: str, amount: int) -> None:
    """``amount`` of a ledger is another person's: it goes with what is still to be given back, or to the account that
    the person has, or opens one."""
    for carried in await loans.carried(session, [giver]):
        books = Books(session, registry, registry.today(), IDENTITY)
        books.open(await accounts.hold(session, [carried.source, carried.target]))
        if books.accounts[carried.source].person == owner:
            if not await give_back(books, carried, amount):
                raise SplitShort
            await books.commit()
            return
    books, [account, *others] = await _with_live(session, registry, giver, owner)
    taker = others[0] if others else blank(books, owner, books.today)
    books.write(taker)
    shift(books, account, taker, amount)
    await books.commit()


async def _give_back(session: AsyncSession, registry: Registry, urn: str, old: str = "") -> bool:
    """What was carried between an account and others that are other persons' for certain, no longer ``old``'s; whether
    all of it was there."""
    complete = True
    for carried in await loans.carried(session, [urn]):
        books = Books(session, registry, registry.today(), IDENTITY)
        held = await accounts.hold(session, [carried.source, carried.target])
        people = {account.person for account in held}
        if len(people) > 1 and old not in people and not any(person.startswith(UNCLEAR) for person in people):
            books.open(held)
            complete &= await give_back(books, carried)
            await books.commit()
    return complete


async def _with_live(session: AsyncSession, registry: Registry, urn: str, person: str) -> tuple[Books, list[Account]]:
    """Books with an account, then the live account of a person if that has one, and the employers of both."""
    books = Books(session, registry, registry.today(), IDENTITY)
    live = await accounts.live_urn(session, person)
    wanted = [urn] if live is None or live == urn else [urn, live]
    payers = {payer for each in wanted for payer in await links.payers_of(session, each)}
    books.open((await employers.hold(session, payers)).values())
    held = {account.urn: account for account in await accounts.hold(session, wanted)}
    books.open(held.values())
    return books, [held[each] for each in wanted]
