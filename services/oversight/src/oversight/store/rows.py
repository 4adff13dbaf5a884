"""Reading one row for a change, and pages of rows with the records that were published of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from onewindow_kit import db
from onewindow_kit.problems import NotFound, VersionConflict
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight.tables import Table

Row = TypeVar("Row", bound=Table)


async def locked(session: AsyncSession, kind: type[Row], urn: str, version: int | None = None) -> Row:
    """The row of ``urn``, locked until the command ends; NotFound, or VersionConflict if ``version`` is another."""
    query = select(kind).where(kind.urn == urn).with_for_update()  # type: ignore[attr-defined]  # each of these has one
    row = (await session.exec(query, execution_options={"populate_existing": True})).one_or_none()
    if row is None:
        raise NotFound
    if version is not None and row.version != version:  # type: ignore[attr-defined]  # likewise
        raise VersionConflict
    return row


async def page(
    session: AsyncSession, kind: type[Row], conditions: Sequence[Any], after: str | None, limit: int
) -> tuple[list[Row], str | None]:
    """Up to ``limit`` rows after the URN ``after`` in order, and the last one's URN if more follow."""
    urn: Any = kind.urn  # type: ignore[attr-defined]  # each of these has one
    query = select(kind).where(*conditions, col(urn) > (after or "")).order_by(urn).limit(limit + 1)
    found = list((await session.exec(query)).all())
    return found[:limit], found[limit - 1].urn if len(found) > limit else None  # type: ignore[attr-defined]  # likewise


async def published(session: AsyncSession, urns: Sequence[str]) -> list[Any]:
    """The kit's rows of these records."""
    table = db.record
    return list(await (await session.connection()).execute(table.select().where(table.c.urn.in_(urns))))
