"""Between cities: out with a certificate, in once for each; and corrections of the ledger."""

from onewindow_contracts.models import housing_fund as api
from onewindow_kit.problems import NotFound, VersionConflict
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.account import Account
from housing.domain.fund.problems import AccountNotSealed, LoanOpen, TransferCertificateUsed
from housing.service.fund import drafts
from housing.service.fund.books import Books
from housing.service.registry import Registry
from housing.store.fund import loans


async def out(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.TransferFundOut
) -> Record:
    """Everything goes to the other city's fund, interest to the day included, and the account is closed."""
    books = Books(session, registry, registry.today(), command.legal_basis)
    account = await _find(books, authority, urn, version)
    account.require_live()
    if account.state != "sealed":
        raise AccountNotSealed
    account.require_idle()
    if await loans.active(session, account.person):
        raise LoanOpen
    await _note(session, command.certificate_number, urn)
    await books.close(account, "transfer-out", "transfer-out", _text(command))
    return (await books.commit())[urn]


async def take_in(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.TakeFundIn
) -> Record:
    """What the other city hands over; the line of the ledger is the answer."""
    books = Books(session, registry, registry.today(), command.legal_basis)
    account = await _find(books, authority, urn, version)
    _, entry = books.move(account, "transfer-in", command.amount_fen, note=_text(command))
    await _note(session, command.certificate_number, urn)
    return (await books.commit())[entry.urn]


async def correct(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.CorrectFundLedger
) -> Record:
    """A wrong line stays and is followed by one that makes it good; it is the answer."""
    books = Books(session, registry, registry.today(), command.legal_basis)
    account = await _find(books, authority, urn, version)
    amount = command.amount_fen if command.direction == "credit" else -command.amount_fen
    _, entry = books.move(account, "correction", amount, note=command.reason)
    return (await books.commit())[entry.urn]


async def _find(books: Books, authority: str, urn: str, version: int) -> Account:
    account = await drafts.hold(books, urn)
    if account.authority != authority:
        raise NotFound
    if account.version != version:
        raise VersionConflict
    return account


async def _note(session: AsyncSession, certificate: str, urn: str) -> None:
    if not await loans.note_certificate(session, certificate, urn):
        raise TransferCertificateUsed


def _text(command: api.TransferFundOut | api.TakeFundIn) -> str:
    return f"{command.centre} {command.certificate_number}"
