"""For how many months a person has paid without a gap."""

from datetime import date

from onewindow_kit import aliases
from onewindow_kit.guard import shown
from onewindow_kit.pseudonyms import open_introduction
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund import months
from housing.service.fund.law import FundLaw
from housing.service.registry import SECTOR, Registry
from housing.store.fund import ledger


async def in_a_row(session: AsyncSession, law: FundLaw, person: str, on: date) -> int:
    """Counted back from the newest month that was paid by a day; 0 when a month that was due by then is missing.

    Months that were paid late count once they are paid; those of an earlier account count too.
    """
    paid = {month for month in await ledger.months_paid(session, person, on) if month <= months.first(on)}
    newest = max(paid, default=None)
    if newest is None or newest < law.last_month_due(on):
        return 0
    return months.unbroken(paid, newest)


async def tell(session: AsyncSession, registry: Registry, introduction: str, until: date) -> int:
    """The same for a person whom identity introduced to this sector; nothing else is told."""
    person = str(open_introduction(registry.records.sealer.keyring, introduction, sector=SECTOR))
    shown(session, person)
    person = await aliases.resolve(session, person)
    return await in_a_row(session, FundLaw(registry.rules.contracts), person, until)
