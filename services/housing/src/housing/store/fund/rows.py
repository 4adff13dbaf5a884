"""Many rows of a table in one statement, sent as one JSON parameter: one row costs what it would cost alone."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

import orjson
from onewindow_kit.problems import VersionConflict
from sqlalchemy import TextClause, text
from sqlalchemy.dialects import postgresql
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.tables import Row

_DIALECT = postgresql.dialect()


async def insert(session: AsyncSession, table: type[Row], things: Sequence[Any]) -> None:
    """Enter dataclasses that have the table's columns."""
    if things:
        await (await session.connection()).execute(_insert(table), {"rows": _json(things)})


async def save(session: AsyncSession, table: type[Row], things: Sequence[Any]) -> None:
    """Store the next versions of things; VersionConflict when one of them has changed since it was read."""
    if not things:
        return
    done = await (await session.connection()).execute(_update(table), {"rows": _json(things)})
    if done.rowcount != len(things):
        raise VersionConflict


async def put(session: AsyncSession, table: type[Row], things: Sequence[Any]) -> None:
    """Enter rows, or overwrite those that are there already."""
    if things:
        await (await session.connection()).execute(_upsert(table), {"rows": _json(things)})


def _json(things: Sequence[Any]) -> str:
    return orjson.dumps([asdict(thing) for thing in things]).decode()


@cache
def _columns(table: type[Row]) -> tuple[str, str]:
    """The names of the columns, and the same with their types."""
    columns = table.__table__.columns  # type: ignore[attr-defined]  # SQLModel's tables have one at run time
    names = ", ".join(f'"{column.name}"' for column in columns)
    return names, ", ".join(f'"{column.name}" {column.type.compile(_DIALECT)}' for column in columns)


def _rows(table: type[Row]) -> str:
    return f"jsonb_to_recordset(cast(:rows as jsonb)) as i({_columns(table)[1]})"


@cache
def _insert(table: type[Row]) -> TextClause:
    names, _ = _columns(table)
    return text(f"insert into {table.__tablename__} ({names}) select {names} from {_rows(table)}")


@cache
def _update(table: type[Row]) -> TextClause:
    names, _ = _columns(table)
    values = ", ".join(f"{name} = i.{name}" for name in names.split(", "))
    return text(
        f"update {table.__tablename__} t set {values} from {_rows(table)} where t.urn = i.urn and t.version = i.version - 1"
    )


@cache
def _upsert(table: type[Row]) -> TextClause:
    names, _ = _columns(table)
    keys = [column.name for column in table.__table__.primary_key]  # type: ignore[attr-defined]  # as above
    values = ", ".join(f"{name} = excluded.{name}" for name in names.split(", "))
    return text(
        f"insert into {table.__tablename__} ({names}) select {names} from {_rows(table)} "
        f"on conflict ({', '.join(keys)}) do update set {values}"
    )
