"""Records as they were published: opened envelopes, for reads that answer with the very bytes the world has."""

from collections.abc import Sequence

from onewindow_kit import db
from onewindow_kit.sealing import Sealer
from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.tables import FreezeRow, MortgageRow, TitleRow


async def envelope(session: AsyncSession, sealer: Sealer, urn: str, topic: str) -> tuple[int, bytes] | None:
    """Version and envelope of one record of ``topic``; None when unknown or erased."""
    found = await envelopes(session, sealer, [urn], topic)
    return found[0] if found else None


async def envelopes(session: AsyncSession, sealer: Sealer, urns: Sequence[str], topic: str) -> list[tuple[int, bytes]]:
    """Version and envelope of each record, in order of URN; unknown and erased ones are left out."""
    table = db.record
    query = select(table).where(table.c.urn.in_(urns), table.c.topic == topic, table.c.data.is_not(None))
    rows = (await (await session.connection()).execute(query.order_by(table.c.urn))).all()
    return [(row.version, sealer.open(row.topic, row.key_id, row.urn, row.version, row.data)) for row in rows]


async def unit_in_force(session: AsyncSession, unit_code: str, authority: str) -> str | None:
    """The URN of the title in force of a unit in one authority's register."""
    query = select(col(TitleRow.urn)).where(
        col(TitleRow.unit_code) == unit_code, col(TitleRow.ended_on).is_(None), col(TitleRow.authority) == authority
    )
    return (await (await session.connection()).execute(query)).scalar_one_or_none()


async def on_title(
    session: AsyncSession, table: type[MortgageRow] | type[FreezeRow], title: str, after: str, limit: int
) -> list[str]:
    """URNs of the mortgages or freezes of a title, ended ones too, in order, beginning after ``after``."""
    query = select(col(table.urn)).where(col(table.title) == title, col(table.urn) > after)
    return list((await (await session.connection()).execute(query.order_by(col(table.urn)).limit(limit))).scalars())
