"""Withdrawals: applied for by the account holder, decided by the office within the statutory days (Regulations 24, 25)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from onewindow_contracts.models import housing_fund as api
from onewindow_kit.cases import Case
from onewindow_kit.decide import Principal
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.account import Account
from housing.domain.fund.withdrawal import Situation, Wish, counted_since, judge
from housing.domain.problems import PersonDead
from housing.service.fund import drafts, paid
from housing.service.fund.books import Books
from housing.service.registry import Registry
from housing.store import people
from housing.store.fund import accounts, ledger, loans

KIND = "fund-withdrawal"
WITHDRAWAL = "住房公积金管理条例 第二十四条"


async def apply(
    session: AsyncSession, registry: Registry, caller: Principal, urn: str, command: api.ApplyForWithdrawal
) -> Case:
    """Open the case: what stands in the way already refuses the application, and one at a time is enough."""
    books = Books(session, registry, registry.today(), WITHDRAWAL)
    account = await drafts.own(books, caller, urn)
    account.require_live()
    account.require_idle()
    wish = Wish(
        command.reason, command.amount_fen, command.evidence, command.monthly_rent_fen, command.monthly_income_fen
    )
    titles = await _judge(books, account, wish, books.today)
    content = {
        "account": urn,
        "reason": wish.reason,
        "amount": wish.amount,
        "evidence": wish.evidence,
        "rent": wish.rent,
        "income": wish.income,
    }
    case = await registry.cases.open(
        registry,
        session,
        KIND,
        caller.subject,
        content,
        on=books.today,
        decide_by=books.law.decide_withdrawal_by(books.today),
        concerns=[urn, *titles],
    )
    await accounts.mark(session, urn, case.urn)
    return case


async def grant(registry: Registry, session: AsyncSession, case: Case, _answer: Mapping[str, Any]) -> list[str]:
    """Pay: judged by the rules of the day of the application, on the account as it is now."""
    books = Books(session, registry, registry.today(), WITHDRAWAL)
    account = await drafts.take_up(books, case.content["account"])
    if account.person in await people.dead_among(session, [account.person]):
        raise PersonDead
    content = case.content
    wish = Wish(content["reason"], content["amount"], content["evidence"], content["rent"], content["income"])
    await _judge(books, account, wish, case.applied_on)
    if wish.amount is None:
        await drafts.pay_out(books, account, wish.reason, "withdrawal", wish.reason)  # type: ignore[arg-type]  # closes
    else:
        books.move(account, "withdrawal", -wish.amount, note=wish.reason)
    return list(await books.commit())


async def ended(registry: Registry, session: AsyncSession, case: Case) -> None:
    """The case ended without a payment: the account is free for another application."""
    books = Books(session, registry, registry.today(), WITHDRAWAL)
    await drafts.take_up(books, case.content["account"])
    await books.commit()


async def _judge(books: Books, account: Account, wish: Wish, on: date) -> list[str]:
    law = books.law.withdrawal(wish.reason, on)
    since = counted_since(wish.reason, law, on)
    known = Situation(
        homes=await loans.homes(books.session, account.person),
        loan_active=await loans.active(books.session, account.person),
        months=await paid.in_a_row(books.session, books.law, account.person, on),
        taken=await ledger.taken(books.session, account.person, wish.reason, since),
    )
    return judge(account, wish, known, law, on)
