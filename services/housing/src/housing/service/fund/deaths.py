"""A death: the account is sealed on its day, and waits for the heirs."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from housing.service.fund import drafts
from housing.service.fund.books import Books
from housing.service.fund.employees import seal
from housing.service.registry import Registry
from housing.store.fund import accounts

DEATH = "住房公积金管理条例 第二十四条第三款"


async def died(session: AsyncSession, registry: Registry, person: str, on: date) -> None:
    """Nobody pays any more; told again, nothing changes. A revoked death leaves it sealed until somebody pays again."""
    urn = await accounts.live_urn(session, person)
    if urn is None:
        return
    books = Books(session, registry, registry.today(), DEATH)
    account = await drafts.hold(books, urn)
    if account.state == "open":
        await seal(books, account, max(on, account.paid_from), known_for_certain=True)
        await books.commit()
