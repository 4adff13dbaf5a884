"""A dead person's account is paid to the heirs, who agree on their parts (Regulations 24)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from onewindow_contracts.common import share_text
from onewindow_contracts.models import housing_fund as api
from onewindow_kit.cases import Case, Term
from onewindow_kit.pseudonyms import is_organisation
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.money import shared_out, yuan
from housing.domain.fund.problems import AccountClosed, HeirRepeated, HolderNotDead, LoanOpen, OrganisationUnexpected
from housing.domain.problems import PersonDead, SharesDoNotSum
from housing.service.fund import drafts
from housing.service.fund.books import Books
from housing.service.fund.employees import seal
from housing.service.registry import Registry, require_housing
from housing.store import people
from housing.store.fund import accounts, loans

KIND = "fund-inheritance"
INHERITANCE = "住房公积金管理条例 第二十四条第三款"
ROLE = "heir"


async def open_case(session: AsyncSession, registry: Registry, command: api.OpenFundInheritance) -> Case:
    """The heirs named must all agree; identity has told of the death, so nobody hands in a paper about it."""
    books = Books(session, registry, registry.today(), INHERITANCE)
    heirs = [heir.person for heir in command.heirs]
    require_housing([command.deceased, *heirs])
    if len({*heirs, command.deceased}) != len(heirs) + 1:
        raise HeirRepeated
    if any(map(is_organisation, heirs)):
        raise OrganisationUnexpected
    if sum(heir.share for heir in command.heirs) != 1:
        raise SharesDoNotSum
    dead = await people.dead_among(session, [command.deceased, *heirs])
    if command.deceased not in dead:
        raise HolderNotDead
    if len(dead) > 1:
        raise PersonDead
    urn = await accounts.live_urn(session, command.deceased)
    if urn is None:
        raise AccountClosed
    account = await drafts.hold(books, urn)
    account.require_idle()
    if await loans.active(session, account.person):
        raise LoanOpen
    shares = [share_text(heir.share) for heir in command.heirs]  # in the order of the case's applicant and parties
    case = await registry.cases.open(
        registry,
        session,
        KIND,
        heirs[0],
        {"account": urn, "shares": shares, "evidence": command.evidence},
        on=books.today,
        decide_by=books.law.decide_withdrawal_by(books.today),
        parties=dict.fromkeys(heirs[1:], ROLE),
        respond_by=books.law.heirs_answer_by(books.today),
        concerns=[urn],
        terms=[
            Term("账户余额", "balance of the account", yuan(account.balance)),
            Term("各继承人份额", "parts of the heirs", "、".join(shares)),
        ],
    )
    await accounts.mark(session, urn, case.urn)
    return case


async def grant(registry: Registry, session: AsyncSession, case: Case, _answer: Mapping[str, Any]) -> list[str]:
    """Interest to the day, a line for each heir, and the account is closed: the parts add up to the last fen."""
    books = Books(session, registry, registry.today(), INHERITANCE)
    account = await drafts.take_up(books, case.content["account"])
    if account.person not in await people.dead_among(session, [account.person]):
        raise HolderNotDead  # the death was declared in error
    if account.state == "open":
        await seal(books, account, books.today)
        account = books.accounts[account.urn]
    account = await books.interest_to_date(account)
    shares = [Fraction(share) for share in case.content["shares"]]
    for share, amount in zip(shares, shared_out(account.balance, shares), strict=True):
        if amount:
            account, _ = books.move(account, "death", -amount, note=share_text(share))
    books.write(account.closed("death", books.today))
    return list(await books.commit())


async def ended(registry: Registry, session: AsyncSession, case: Case) -> None:
    """The heirs did not agree, or the office refused: another application may follow."""
    books = Books(session, registry, registry.today(), INHERITANCE)
    await drafts.take_up(books, case.content["account"])
