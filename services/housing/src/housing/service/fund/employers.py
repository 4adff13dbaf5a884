"""Employers: enrolled by the office, seen and kept by those who represent them."""

from dataclasses import replace

from onewindow_contracts.models import housing_fund as api
from onewindow_kit.decide import Principal
from onewindow_kit.problems import NotFound, VersionConflict
from onewindow_kit.pseudonyms import is_organisation
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.employer import Employer
from housing.domain.fund.problems import EmployerEnrolledAlready, OrganisationExpected
from housing.domain.problems import DateInFuture, NothingChanged
from housing.events.fund import FUND_EMPLOYER
from housing.service.fund.books import Books
from housing.service.registry import Registry, require_housing
from housing.store import published
from housing.store.fund import accounts, employers

RATES = "住房公积金管理条例 第十八条"


async def enrol(session: AsyncSession, registry: Registry, authority: str, command: api.EnrolEmployer) -> Record:
    """An organisation is enrolled once (Regulations 14)."""
    require_housing([command.organisation])
    if not is_organisation(command.organisation):
        raise OrganisationExpected
    books = Books(session, registry, registry.today(), command.legal_basis)
    if command.since > books.today:
        raise DateInFuture
    rates = (command.employer_rate, command.employee_rate)
    books.law.require_rates(rates, command.since)
    if await employers.enrolled(session, command.organisation, command.uscc):
        raise EmployerEnrolledAlready
    urn = new_urn(authority, "fund-employer")
    employer = Employer(urn, 1, authority, command.organisation, command.uscc, command.name, *rates, command.since)
    books.write(employer)
    return (await books.commit())[urn]


async def set_rates(
    session: AsyncSession, registry: Registry, caller: Principal, urn: str, version: int, command: api.SetFundRates
) -> Record:
    """Other rates, for the employer and all whom it pays for; what is in arrears stays due as it was."""
    books = Books(session, registry, registry.today(), RATES)
    employer = await find(books, caller, urn)
    if employer.version != version:
        raise VersionConflict
    rates = (command.employer_rate, command.employee_rate)
    books.law.require_rates(rates, books.today)
    if rates == employer.rates:
        raise NothingChanged
    books.write(replace(employer, employer_rate=rates[0], employee_rate=rates[1]))
    books.open(await accounts.hold_of_employer(session, urn))
    for account in list(books.accounts.values()):
        books.write(replace(account, employer_rate=rates[0], employee_rate=rates[1]))
    return (await books.commit())[urn]


async def read(session: AsyncSession, registry: Registry, caller: Principal, urn: str) -> tuple[int, bytes]:
    """Version and envelope, for the office and for the employer itself."""
    await require_own(session, caller, urn)
    found = await published.envelope(session, registry.records.sealer, urn, FUND_EMPLOYER)
    if found is None:
        raise NotFound
    return found


async def find(books: Books, caller: Principal, urn: str) -> Employer:
    """The employer, locked, for the office or for who represents it; for anybody else there is none."""
    await require_own(books.session, caller, urn)
    books.open((await employers.hold(books.session, [urn])).values())
    return books.employers[urn]


async def require_own(session: AsyncSession, caller: Principal, urn: str) -> None:
    """NotFound unless the caller is the office that enrolled the employer, or represents it."""
    found = await employers.organisation_of(session, urn)
    if found is None:
        raise NotFound
    organisation, authority = found
    mine = organisation == caller.subject if caller.kind == "representative" else authority == caller.authority
    if not mine:
        raise NotFound
