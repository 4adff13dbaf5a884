"""Numbers of certificates of entry: each is given out once; one that a refused command drew is lost.

Those of certificates of title are drawn by the statements that read or enter the title (``store.titles``).
"""

from sqlalchemy import select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.tables import entry_certificate_number


async def next_entry_certificate(session: AsyncSession) -> int:
    """For a mortgage's certificate of entry."""
    return (await (await session.connection()).execute(select(entry_certificate_number.next_value()))).scalar_one()
