"""Many rows at once: one statement a table, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, partial
from operator import attrgetter
from typing import Any

from onewindow_kit.sealing import SealedText
from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    LargeBinary,
    Text,
    TypeDecorator,
    any_,
    bindparam,
    literal,
    text,
)
from sqlmodel.ext.asyncio.session import AsyncSession

Bound = Callable[[Any], Any]
_SEPARATOR = ","
_SQL = {
    bool: (Boolean(), "bool"),
    str: (Text(), "text"),
    int: (Integer(), "int"),
    bytes: (LargeBinary(), "bytea"),
    date: (Date(), "date"),
}


async def insert(session: AsyncSession, model: type[Any], rows: Sequence[Any]) -> None:
    """Insert rows of the table ``model``: any objects that have its columns as attributes.

    IntegrityError if one of them clashes. Lists of text must hold no comma.
    """
    if not rows:
        return
    statement, columns = _statement(model)
    values = {}
    for name, bound in columns:
        plain = map(attrgetter(name), rows)
        values[name] = list(plain if bound is None else map(bound, plain))
    await (await session.connection()).execute(statement, values)


def among(column: Any, values: Iterable[str] | Iterable[bytes]) -> ColumnElement[bool]:
    """``column = any(values)`` with one parameter, however many values: ``in`` would make a statement of its own length."""
    wanted = list(values)
    kind = LargeBinary() if wanted and isinstance(wanted[0], bytes) else Text()
    return column == any_(literal(wanted, ARRAY(kind)))


@cache
def _statement(model: type[Any]) -> tuple[Any, tuple[tuple[str, Bound | None], ...]]:
    """The statement, and for each column what makes of a row's value the parameter's (None: nothing)."""
    columns: list[tuple[str, Bound | None]] = []
    binds, sources, targets = [], [], []
    for column in model.__table__.columns:
        bound: Bound | None = None
        match column.type:
            case SealedText() as sealed:
                (kind, cast), bound = _SQL[bytes], partial(_sealed, sealed)
            case ARRAY():
                (kind, cast), bound = _SQL[str], _SEPARATOR.join  # unnest would flatten an array of arrays
            case TypeDecorator() as wrapped:  # SQLModel's own text type
                kind, cast = _SQL[wrapped.impl_instance.python_type]
            case other:
                kind, cast = _SQL[other.python_type]
        columns.append((column.name, bound))
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


def _sealed(kind: SealedText, value: str | None) -> bytes | None:
    return kind.process_bind_param(value, None)  # type: ignore[arg-type]  # it asks no dialect
