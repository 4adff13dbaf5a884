"""Loading many rows at once by COPY: the register's own tables, and new records with their outbox rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import asyncpg
from onewindow_kit import db
from onewindow_kit.records import Record
from onewindow_kit.sealed_column import SealedText
from onewindow_kit.sealing import Sealer, sealer_of
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

RECORD = ("urn", "topic", "version", "change", "authority", "key_id", "data", "recorded_at", "ended")
OUTBOX = ("topic", "urn", "version", "change", "authority", "key_id", "value", "correlation", "recorded_at")


async def load(session: AsyncSession, table: type[SQLModel], rows: Sequence[Any]) -> None:
    """Copy plain rows into ``table`` in the session's transaction; columns that name a person are sealed on the way."""
    if not rows:
        return
    columns = table.__table__.columns  # type: ignore[attr-defined]  # SQLModel's table
    names = [column.name for column in columns]
    sealed = {c.name: c.type for c in columns if isinstance(c.type, SealedText)}
    if not sealed:
        records: Iterable[tuple[Any, ...]] = (tuple(getattr(row, name) for name in names) for row in rows)
    else:
        places = [(name, sealed[name].place if name in sealed else None) for name in names]
        sealer = sealer_of(next(iter(sealed.values())).holder)
        records = (tuple(_value(sealer, place, getattr(row, name)) for name, place in places) for row in rows)
    await (await _driver(session)).copy_records_to_table(table.__tablename__, records=records, columns=names)


def _value(sealer: Sealer, place: str | None, value: Any) -> Any:
    return value if place is None or value is None else sealer.seal_own("fields", place, value.encode())


async def publish(session: AsyncSession, sealer: Sealer, records: Sequence[Record]) -> None:
    """New records (version 1) with their outbox rows, each sealed once."""
    rows, waiting = [], []
    correlation = session.info.get("correlation", "")
    for r in records:
        key_id, data = sealer.seal(r.topic, r.urn, r.version, r.data)
        rows.append((r.urn, r.topic, r.version, r.change, r.authority, key_id, data, r.recorded_at, r.ended))
        waiting.append((r.topic, r.urn, r.version, r.change, r.authority, key_id, data, correlation, r.recorded_at))
    driver = await _driver(session)
    await driver.copy_records_to_table(db.record.name, records=rows, columns=RECORD)
    await driver.copy_records_to_table(db.outbox.name, records=waiting, columns=OUTBOX)


async def _driver(session: AsyncSession) -> asyncpg.Connection:
    """asyncpg's own connection, inside the session's transaction."""
    connection = await session.connection()
    raw = await connection.get_raw_connection()
    return raw.driver_connection  # type: ignore[return-value]  # the asyncpg dialect's
