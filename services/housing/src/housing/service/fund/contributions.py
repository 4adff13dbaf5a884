"""Contributions: an employer's list from a file or through the window, and what self-employed people pay.

Both lists are booked by ``book``. A file is read line by line, with every refused line kept for mending: it is an office's
work over years of old lists. Through the window a list is one payment and is booked whole or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onewindow_contracts.errors import NotYetInForce
from onewindow_contracts.models import housing_fund as api
from onewindow_kit.decide import Principal
from onewindow_kit.problems import NotFound, Problem, RuleNotInForce, Unavailable
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.account import RETURNING, Account
from housing.domain.fund.contribution import Booked, MonthDue, Payment, contribute
from housing.domain.fund.months import month_of
from housing.domain.fund.problems import (
    AccountClosed,
    AccountOpen,
    ContributionListRefused,
    EmployerNotEnrolled,
    MonthBeforeAccount,
    NotEmployedHere,
    NotSelfEmployed,
    WageMissing,
)
from housing.domain.problems import DateInFuture, PersonDead
from housing.service.fund import employers
from housing.service.fund.books import Books
from housing.service.fund.employees import hire
from housing.service.registry import Registry
from housing.store import people
from housing.store.fund import accounts, ledger
from housing.store.fund import employers as enrolled

REMITTANCE = "住房公积金管理条例 第十九条"
Why = type[Problem] | Problem
HIDDEN = {each.code for each in (WageMissing, AccountClosed, AccountOpen, PersonDead)}
"""What an employer does not learn of people whom it does not pay for: they look like numbers that nobody has."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line: the employer's code, the person's pseudonym, and the payment."""

    employer: str
    person: str
    payment: Payment


async def take_in(session: AsyncSession, registry: Registry, lines: Sequence[ListLine]) -> list[tuple[int, Why]]:
    """Lines of files: those that can be booked are; the index of each other one, and why it is not."""
    books = Books(session, registry, registry.today(), REMITTANCE)
    known = await enrolled.hold_by_code(session, {line.employer for line in lines})
    books.open(known.values())
    payers = {code: employer.urn for code, employer in known.items()}
    refused = await book(books, lines, payers)
    await books.commit()
    return refused


async def pay(
    session: AsyncSession, registry: Registry, caller: Principal, urn: str, command: api.Contribute
) -> Record:
    """A month's list through the window: ContributionListRefused names every line that is wrong, and books nothing."""
    await employers.require_own(session, caller, urn)
    persons = await _persons(registry, command.lines)
    books = Books(session, registry, registry.today(), REMITTANCE)
    employer = await employers.find(books, caller, urn)
    month, lines, refused = month_of(command.month), [], []
    for index, (line, person) in enumerate(zip(command.lines, persons, strict=True)):
        if person is None:
            refused.append((index, NotEmployedHere))  # unknown and not employed here look the same
        payment = Payment(month, line.amount_fen, books.today)
        lines.append(ListLine(employer.uscc, person or "", payment))
    known = [index for index, person in enumerate(persons) if person is not None]
    found = await book(books, [lines[index] for index in known], {employer.uscc: employer.urn})
    refused += [(known[index], NotEmployedHere if why.code in HIDDEN else why) for index, why in found]
    if refused:
        wrong = [
            {"path": f"/lines/{index}", "reason": f"{why.code}: {why.title}"}
            for index, why in sorted(refused, key=_place)
        ]
        raise ContributionListRefused(errors=wrong[:100])
    record = (await books.commit()).get(urn)
    assert record is not None, "a list that was booked changed its employer's totals"
    return record


async def pay_own(
    session: AsyncSession, registry: Registry, caller: Principal, urn: str, command: api.PayOwnContribution
) -> Record:
    """A self-employed person pays for one month; the line of the ledger is the answer."""
    books = Books(session, registry, registry.today(), REMITTANCE)
    account = next(iter(await accounts.hold(session, [urn])), None)
    if account is None or account.person != caller.subject:
        raise NotFound
    account.require_live()
    if account.kind != "self-employed":
        raise NotSelfEmployed
    books.open([account])
    payment = Payment(month_of(command.month), command.amount_fen, books.today)
    known = await ledger.months(session, [urn])
    booked = _booked(books, account, known.get((urn, payment.month)), payment, None)
    return (await books.commit())[booked.entry.urn]


async def book(books: Books, lines: Sequence[ListLine], payers: dict[str, str]) -> list[tuple[int, Why]]:
    """Write what the lines say into the books; ``payers``: code to URN of the employers that are open in them."""
    persons = {line.person for line in lines}
    live = await accounts.hold_live(books.session, persons)
    closed = await accounts.newest_closed(books.session, persons - live.keys())
    dead = await people.dead_among(books.session, persons)
    known = await ledger.months(books.session, [account.urn for account in live.values()])
    books.open(live.values())
    refused: list[tuple[int, Why]] = []
    for index, line in enumerate(lines):
        try:
            if line.employer not in payers:
                raise EmployerNotEnrolled
            if line.person in dead:
                raise PersonDead
            if line.payment.paid_on > books.today:
                raise DateInFuture
            payer = payers[line.employer]
            account = _account(books, line, payer, live, closed, known)
            hired = account is not live.get(line.person)
            booked = _booked(books, account, known.get((account.urn, line.payment.month)), line.payment, payer)
        except Problem as why:
            refused.append((index, why))
            continue
        except NotYetInForce:
            refused.append((index, RuleNotInForce))
            continue
        if hired:
            books.write(books.employers[payer].employing(1))
        live[line.person] = booked.account
        known[(booked.month.account, booked.month.month)] = booked.month
    return refused


def _account(
    books: Books,
    line: ListLine,
    payer: str,
    live: dict[str, Account],
    closed: dict[str, Account],
    known: dict[tuple[str, object], MonthDue],
) -> Account:
    """The account that the line is for, as it would be after being taken on; nothing is written yet."""
    account, ended = live.get(line.person), closed.get(line.person)
    if account is None and ended is not None and ended.closed_because not in RETURNING:
        raise AccountClosed  # whatever else is wrong with the line
    if account is not None:
        if account.employer == payer:
            return account
        owed = known.get((account.urn, line.payment.month))
        if owed is not None and owed.employer == payer:
            return account  # months in arrears are paid even after the person has left
        if line.payment.wage is None:
            raise NotEmployedHere
        if account.employer is not None:
            raise AccountOpen
    if line.payment.wage is None:
        raise WageMissing
    payment, employer = line.payment, books.employers[payer]
    assert payment.wage is not None
    return hire(books, employer, line.person, account, ended, payment.wage, payment.month, payment.paid_on)


def _booked(books: Books, account: Account, known: MonthDue | None, payment: Payment, payer: str | None) -> Booked:
    if known is not None and known.paid_on is None and known.employer != payer:
        raise MonthBeforeAccount  # another owes it, and pays it
    limit = books.law.base_limit(payment.month)
    urn = new_urn(books.authority, "fund-entry")
    booked = contribute(account, known, payment, limit, books.today, urn)
    books.write(booked.account)
    books.note(booked.entry)
    books.note_month(booked.month)
    if booked.month.employer is not None:
        employer = books.employers[booked.month.employer]
        books.write(employer.received(payment.amount, payment.month, booked.settled))
    return booked


async def _persons(registry: Registry, lines: Sequence[api.ContributionLine]) -> list[str | None]:
    """The lines' persons by their numbers, None for nobody."""
    if registry.identity is None:
        raise Unavailable("Nobody can be named while identity is not connected.")
    persons: list[str | None] = [None] * len(lines)
    for scheme in sorted({line.scheme for line in lines}):
        places = [index for index, line in enumerate(lines) if line.scheme == scheme]
        found = await registry.identity.resolve_batch([lines[index].number for index in places], scheme=scheme)
        for index, person in zip(places, found, strict=True):
            persons[index] = None if person is None else str(person)
    return persons


def _place(refused: tuple[int, Why]) -> int:
    return refused[0]
