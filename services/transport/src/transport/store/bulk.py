"""Many rows at once: one statement a table, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from onewindow_kit.sealing import SealedText
from sqlalchemy import ARRAY, Date, Integer, LargeBinary, Text, TypeDecorator, bindparam, text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

_SEPARATOR = ","
_SQL = {str: (Text(), "text"), int: (Integer(), "int"), bytes: (LargeBinary(), "bytea"), date: (Date(), "date")}


async def insert(session: AsyncSession, model: type[SQLModel], rows: Sequence[Any]) -> None:
    """Insert rows of ``model``'s table: any objects that have its columns as attributes.

    IntegrityError if one of them clashes. Lists of text must hold no comma.
    """
    if not rows:
        return
    statement, columns = _statement(model)
    values = {name: [_bound(kind, getattr(row, name)) for row in rows] for name, kind in columns}
    await (await session.connection()).execute(statement, values)


@cache
def _statement(model: type[SQLModel]) -> tuple[Any, tuple[tuple[str, Any], ...]]:
    columns: list[tuple[str, Any]] = []
    binds, sources, targets = [], [], []
    for column in model.__table__.columns:  # type: ignore[attr-defined]  # SQLModel adds it to table models
        match column.type:
            case SealedText():
                kind, cast = _SQL[bytes]
            case ARRAY():
                kind, cast = _SQL[str]  # unnest would flatten an array of arrays
            case TypeDecorator() as wrapped:  # SQLModel's own text type
                kind, cast = _SQL[wrapped.impl_instance.python_type]
            case other:
                kind, cast = _SQL[other.python_type]
        columns.append((column.name, column.type))
        binds.append(bindparam(column.name, type_=ARRAY(kind)))
        sources.append(f"cast(:{column.name} as {cast}[])")
        name = f'"{column.name}"'
        targets.append(f"string_to_array({name}, '{_SEPARATOR}')" if isinstance(column.type, ARRAY) else name)
    names = ", ".join(f'"{name}"' for name, _ in columns)
    statement = text(
        f"insert into {model.__tablename__} ({names}) "
        f"select {', '.join(targets)} from unnest({', '.join(sources)}) as incoming({names})"
    )
    return statement.bindparams(*binds), tuple(columns)


def _bound(kind: Any, value: Any) -> Any:
    if isinstance(kind, SealedText):
        return kind.process_bind_param(value, None)  # type: ignore[arg-type]  # it asks no dialect
    if isinstance(kind, ARRAY):
        return _SEPARATOR.join(value)
    return value
