"""Loans: applied for by the account holder, decided by the office (Regulations 26)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from onewindow_contracts.models import housing_fund as api
from onewindow_kit.cases import Case
from onewindow_kit.decide import Principal
from onewindow_kit.records import new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.account import Account
from housing.domain.fund.loan import Loan, require_lendable
from housing.domain.fund.months import earlier
from housing.domain.fund.problems import EvidenceMissing, LoanPending
from housing.domain.fund.withdrawal import BOUGHT
from housing.domain.problems import PersonDead
from housing.service.fund import drafts, paid
from housing.service.fund.books import Books
from housing.service.registry import Registry
from housing.store import people
from housing.store.fund import loans

KIND = "fund-loan"
LOAN = "住房公积金管理条例 第二十六条"


async def apply(
    session: AsyncSession, registry: Registry, caller: Principal, urn: str, command: api.ApplyForLoan
) -> Case:
    """Open the case; the home bought is looked up in the register, and only asked for where that knows none."""
    books = Books(session, registry, registry.today(), LOAN)
    account = await drafts.own(books, caller, urn)
    content = {"account": urn, "amount": command.amount_fen, "months": command.months, "evidence": command.evidence}
    title = await _judge(books, account, content, books.today)
    for other in await registry.cases.of_person(session, caller.subject):
        if other.kind == KIND and other.is_open:
            raise LoanPending
    return await registry.cases.open(
        registry,
        session,
        KIND,
        caller.subject,
        content,
        on=books.today,
        decide_by=books.law.decide_loan_by(books.today),
        concerns=[urn, *([title] if title else [])],
    )


async def grant(registry: Registry, session: AsyncSession, case: Case, _answer: Mapping[str, Any]) -> list[str]:
    """Lend, by the rules of the day of the application; the money goes to who sells the home."""
    books = Books(session, registry, registry.today(), LOAN)
    account = await drafts.hold(books, case.content["account"])
    if account.person in await people.dead_among(session, [account.person]):
        raise PersonDead
    title = await _judge(books, account, case.content, case.applied_on)
    amount = case.content["amount"]
    books.write(
        Loan(
            urn=new_urn(books.authority, "fund-loan"),
            version=1,
            authority=books.authority,
            person=account.person,
            account=account.urn,
            title=title,
            principal=amount,
            outstanding=amount,
            annual_rate=books.law.loan_rate(case.applied_on),
            months=case.content["months"],
            granted_on=books.today,
            interest_until=books.today,
        )
    )
    return list(await books.commit())


async def _judge(books: Books, account: Account, content: Mapping[str, Any], on: date) -> str | None:
    """The title of the home that the loan is for, None where a paper names it."""
    session = books.session
    active = await loans.active(session, account.person)
    months = await paid.in_a_row(session, books.law, account.person, on)
    require_lendable(account, content["amount"], content["months"], months, active, books.law.loan(on))
    since = earlier(on, books.law.withdrawal("purchase", on).purchase_months)
    homes = await loans.homes(session, account.person)
    bought = [home for home in homes if home.cause in BOUGHT.values() and home.registered_on >= since]
    if not bought and not content["evidence"]:
        raise EvidenceMissing
    return bought[0].title if bought else None
