"""Certificate numbers: each is given out once; one that a refused command drew is lost."""

from sqlalchemy import select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.tables import certificate_number, entry_certificate_number


async def next_certificate(session: AsyncSession) -> int:
    """For a certificate of title."""
    return (await (await session.connection()).execute(select(certificate_number.next_value()))).scalar_one()


async def next_entry_certificate(session: AsyncSession) -> int:
    """For a certificate of entry (a mortgage's)."""
    return (await (await session.connection()).execute(select(entry_certificate_number.next_value()))).scalar_one()
