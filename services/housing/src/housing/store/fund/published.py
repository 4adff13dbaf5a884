"""Envelopes of the fund's records as they were published."""

from collections.abc import Collection

from onewindow_kit import db
from onewindow_kit.sealing import Sealer
from sqlalchemy import any_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.store.arrays import array_of


async def by_urn(session: AsyncSession, sealer: Sealer, urns: Collection[str], topic: str) -> dict[str, bytes]:
    """Those of ``urns`` that were published on ``topic`` and not erased."""
    table = db.record
    query = select(table).where(table.c.urn == any_(array_of(urns)), table.c.topic == topic, table.c.data.is_not(None))
    rows = (await (await session.connection()).execute(query)).all()
    return {row.urn: sealer.open(row.topic, row.key_id, row.urn, row.version, row.data) for row in rows}
