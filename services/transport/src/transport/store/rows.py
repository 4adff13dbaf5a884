"""Reading one row for a change, and many rows by URN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from onewindow_kit import db
from onewindow_kit.problems import NotFound, VersionConflict
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.tables import Table

Row = TypeVar("Row", bound=Table)


async def read(session: AsyncSession, kind: type[Row], urn: str) -> Row:
    """The row of ``urn`` as it is now; NotFound."""
    row = (await session.exec(select(kind).where(kind.urn == urn))).one_or_none()
    if row is None:
        raise NotFound
    return row


async def locked(session: AsyncSession, kind: type[Row], urn: str, version: int | None) -> Row:
    """The row of ``urn``, locked until the command ends; NotFound, or VersionConflict if ``version`` is another."""
    row = (
        await session.exec(
            select(kind).where(kind.urn == urn).with_for_update(), execution_options={"populate_existing": True}
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    if version is not None and row.version != version:
        raise VersionConflict
    return row


async def urns(
    session: AsyncSession, kind: type[Row], conditions: Sequence[Any], after: str | None, limit: int
) -> tuple[list[str], str | None]:
    """Up to ``limit`` URNs of rows under ``conditions`` after ``after`` in order, and the last one if more follow."""
    query = select(kind.urn).where(*conditions, col(kind.urn) > (after or "")).order_by(kind.urn).limit(limit + 1)
    found = list((await session.exec(query)).all())
    return found[:limit], found[limit - 1] if len(found) > limit else None


async def sealed(session: AsyncSession, wanted: Sequence[str]) -> list[Any]:
    """The kit's rows of the records ``wanted``, in that order."""
    table = db.record
    result = await (await session.connection()).execute(table.select().where(table.c.urn.in_(wanted)))
    by_urn = {row.urn: row for row in result}
    return [by_urn[urn] for urn in wanted if urn in by_urn]
