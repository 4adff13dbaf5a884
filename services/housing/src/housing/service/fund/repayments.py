"""Paying a loan back."""

from onewindow_contracts.models import housing_fund as api
from onewindow_kit.decide import Principal
from onewindow_kit.problems import NotFound, VersionConflict
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.service.fund import drafts
from housing.service.fund.books import Books
from housing.service.registry import Registry
from housing.store.fund import accounts, loans

LOAN = "住房公积金管理条例 第二十六条"


async def repay(
    session: AsyncSession, registry: Registry, caller: Principal, urn: str, version: int, command: api.RepayLoan
) -> Record:
    """Out of the borrower's account, or money that was received; interest first. The loan is the answer."""
    books = Books(session, registry, registry.today(), LOAN)
    seen = await loans.find(session, urn)
    citizen = caller.kind == "citizen"
    if seen is None or (seen.person != caller.subject if citizen else seen.authority != caller.authority):
        raise NotFound
    account = None
    if command.from_account:
        live = await accounts.live_urn(session, seen.person)
        account = await drafts.hold(books, live or seen.account)
    loan = await loans.hold(session, urn)
    if loan is None or loan.version != version:
        raise VersionConflict
    books.open([loan])
    after = loan.repaid(command.amount_fen, books.today, books.law.interest_year(books.today))
    books.write(after)
    if account is not None:
        books.move(account, "loan-repayment", -command.amount_fen)
    return (await books.commit())[urn]
