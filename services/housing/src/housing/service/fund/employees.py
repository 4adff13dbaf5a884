"""Whom an employer pays for: accounts opened, taken on and sealed (Regulations 15)."""

from datetime import date

from onewindow_contracts.common import NamedPerson
from onewindow_contracts.models import housing_fund as api
from onewindow_kit.decide import Principal
from onewindow_kit.problems import InvalidRequest, NotFound, Unavailable
from onewindow_kit.pseudonyms import is_organisation
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund import months
from housing.domain.fund.account import RETURNING, Account
from housing.domain.fund.employer import Employer
from housing.domain.fund.problems import AccountClosed, NotEmployedHere, OrganisationUnexpected
from housing.domain.problems import DateInFuture, DatesOutOfOrder, PersonDead, PersonNotFound
from housing.service.fund import arrears, employers
from housing.service.fund.books import Books
from housing.service.registry import Registry
from housing.store import people
from housing.store.fund import accounts

EMPLOYMENT = "住房公积金管理条例 第十五条"


async def enrol(
    session: AsyncSession, registry: Registry, caller: Principal, urn: str, command: api.EnrolEmployee
) -> Record:
    """An employee's account is opened, or a sealed one goes on; the employer's record is the answer."""
    await employers.require_own(session, caller, urn)  # who employs nobody cannot try numbers and names here
    person = await resolve(registry, command.person)
    books = Books(session, registry, registry.today(), EMPLOYMENT)
    if command.since > books.today:
        raise DateInFuture
    employer = await employers.find(books, caller, urn)
    if months.first(command.since) < months.first(employer.since):
        raise DatesOutOfOrder
    if person in await people.dead_among(session, [person]):
        raise PersonDead
    live = (await accounts.hold_live(session, [person])).get(person)
    closed = (await accounts.newest_closed(session, [person])).get(person)
    month = months.first(command.since)
    books.open([live] if live else [])
    books.write(hire(books, employer, person, live, closed, command.average_wage_fen, month, command.since))
    books.write(employer.employing(1))
    return (await books.commit())[urn]


async def leave(
    session: AsyncSession, registry: Registry, caller: Principal, urn: str, command: api.ReportDeparture
) -> Record:
    """The account is sealed; months up to the departure that are due and not paid are in arrears first."""
    await employers.require_own(session, caller, urn)  # who employs nobody cannot try numbers and names here
    try:
        person = await resolve(registry, command.person)
    except PersonNotFound as error:
        raise NotEmployedHere from error  # unknown and not employed here look the same
    books = Books(session, registry, registry.today(), EMPLOYMENT)
    if command.left_on > books.today:
        raise DateInFuture
    await employers.find(books, caller, urn)
    account = (await accounts.hold_live(session, [person])).get(person)
    if account is None or account.employer != urn:
        raise NotEmployedHere
    if command.left_on < account.paid_from:
        raise DatesOutOfOrder
    books.open([account])
    await seal(books, account, command.left_on, known_for_certain=caller.kind == "agency")
    return (await books.commit())[urn]


async def seal(books: Books, account: Account, on: date, *, known_for_certain: bool = False) -> None:
    """Nobody pays any more; its employer, which must be open in the books, has an employee fewer.

    Months after the last one that are in arrears already were never due. An employer cannot clear its own debts by naming
    an early day: that needs somebody else's word for it (``known_for_certain``).
    """
    last = min(months.first(on), books.law.last_month_due(books.today))
    account = await arrears.check(books, account, last)
    if known_for_certain:
        account = await arrears.drop_after(books, account, months.first(on))
    if account.employer is not None:
        books.write(books.employers[account.employer].employing(-1))
    books.write(account.sealed(on))


def hire(
    books: Books,
    employer: Employer,
    person: str,
    live: Account | None,
    closed: Account | None,
    wage: int,
    month: date,
    since: date,
) -> Account:
    """The account that ``employer`` pays for ``person`` from ``month`` on; nothing is written yet. ``live``: the one that
    is not closed, ``closed``: the one that was closed last; some closings are for good."""
    if is_organisation(person):
        raise OrganisationUnexpected
    if live is None and closed is not None and closed.closed_because not in RETURNING:
        raise AccountClosed
    account = live or blank(books, person, since)
    return account.hired(employer.urn, employer.name, employer.rates, books.law.base(wage, month), month)


def blank(books: Books, person: str, since: date) -> Account:
    """A new account without a payer."""
    return Account(
        urn=new_urn(books.authority, "fund-account"),
        version=1,
        authority=books.authority,
        person=person,
        kind="employed",
        state="sealed",
        employer=None,
        employer_name=None,
        base=0,
        employer_rate=0,
        employee_rate=0,
        balance=0,
        lines=0,
        arrears=0,
        since=since,
        paid_from=months.first(since),
        checked=months.first(since),
        paid_until=None,
        interest_until=since,
    )


async def resolve(registry: Registry, person: NamedPerson) -> str:
    """The person's housing pseudonym; unknown and wrongly named look the same: PersonNotFound."""
    if registry.identity is None:
        raise Unavailable("Nobody can be named while identity is not connected.")
    try:
        return str(await registry.identity.resolve(person.scheme, person.number, person.name))
    except (NotFound, InvalidRequest) as error:
        raise PersonNotFound from error
