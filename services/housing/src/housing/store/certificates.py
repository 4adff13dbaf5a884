"""Certificates that were issued."""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.tables import CertificateRow, TitleRow


async def insert(session: AsyncSession, row: CertificateRow) -> None:
    """Remember a certificate."""
    session.add(row)
    await session.flush()


async def find(session: AsyncSession, id: str) -> tuple[CertificateRow, bool] | None:
    """A certificate, and whether its title is still at the version that it shows."""
    query = (
        select(CertificateRow, TitleRow.version)
        .join(TitleRow, TitleRow.urn == CertificateRow.title)  # type: ignore[arg-type]  # a column expression at run time
        .where(CertificateRow.id == id)
    )
    found = (await session.exec(query)).one_or_none()
    return None if found is None else (found[0], found[0].version == found[1])
