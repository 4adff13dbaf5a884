"""Self-employed people join (Regulations as revised by Order 844)."""

from collections.abc import Mapping
from typing import Any

from onewindow_contracts.models import housing_fund as api
from onewindow_kit.cases import Case
from onewindow_kit.decide import Principal
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund import months
from housing.domain.fund.account import RETURNING
from housing.domain.fund.problems import AccountClosed
from housing.domain.problems import PersonDead
from housing.service.fund.books import Books
from housing.service.fund.employees import blank
from housing.service.registry import Registry
from housing.store import people
from housing.store.fund import accounts

KIND = "fund-membership"
MEMBERSHIP = "住房公积金管理条例（国务院令第844号修订）"


async def join(session: AsyncSession, registry: Registry, caller: Principal, command: api.JoinAsSelfEmployed) -> Case:
    """A case that is granted at once: the register itself knows all that it needs."""
    content = {"income": command.average_income_fen, "rate": command.rate}
    return await registry.cases.open(registry, session, KIND, caller.subject, content, on=registry.today())


async def grant(registry: Registry, session: AsyncSession, case: Case, _answer: Mapping[str, Any]) -> list[str]:
    """A new account, or the sealed one goes on; its holder pays from this month on."""
    books = Books(session, registry, registry.today(), MEMBERSHIP)
    person, month = case.applicant, months.first(books.today)
    books.law.require_self_employed_admitted(case.applied_on)
    books.law.require_rates((case.content["rate"],), case.applied_on)
    if person in await people.dead_among(session, [person]):
        raise PersonDead
    account = (await accounts.hold_live(session, [person])).get(person)
    closed = (await accounts.newest_closed(session, [person])).get(person)
    if account is not None:
        books.open([account])
    elif closed is not None and closed.closed_because not in RETURNING:
        raise AccountClosed
    account = account or blank(books, person, books.today)
    books.write(account.joined(case.content["rate"], books.law.base(case.content["income"], month), month))
    return list(await books.commit())
