"""What a merge did to each row, written down so that a later split gives back exactly that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import inspect
from sqlmodel import SQLModel

from identity.store.belongings import Row

UNWATCHED = frozenset({"version", "link_version", "link_order"})


@dataclass(frozen=True, slots=True)
class Moved:
    """One row: its table, its key, and the columns that changed, before and after."""

    table: str
    key: str
    before: dict[str, Any]
    after: dict[str, Any]


class Trace:
    """Takes down ``rows`` as they are; ``moved`` tells what became of them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = [(row, _values(row)) for row in rows]

    def moved(self) -> list[Moved]:
        """Rows that changed since."""
        found = []
        for row, before in self._rows:
            after = _values(row)
            changed = [name for name in before if name in after and before[name] != after[name]]
            if changed:
                one, other = ({name: values[name] for name in changed} for values in (before, after))
                found.append(Moved(row.__tablename__, str(_key(row)), one, other))
        return found


def write(moved: list[Moved], names: list[str], cases: list[str]) -> str:
    """As JSON; ``names`` are the pseudonyms and ``cases`` the cases that came in."""
    rows = [[m.table, m.key, _plain(m.before), _plain(m.after)] for m in moved]
    return orjson.dumps({"rows": rows, "names": names, "cases": cases}).decode()


def read(text: str) -> tuple[list[Moved], list[str], list[str]]:
    kept = orjson.loads(text)
    rows = [Moved(table, key, _rich(before), _rich(after)) for table, key, before, after in kept["rows"]]
    return rows, kept["names"], kept["cases"]


def key_of(table: type[SQLModel], text: str) -> Any:
    """A row's key from its text."""
    [column] = inspect(table).primary_key
    return UUID(text) if column.type.python_type is UUID else text


def _key(row: Row) -> Any:
    [key] = inspect(row).identity
    return key


def _values(row: Row) -> dict[str, Any]:
    return {
        str(column.key): getattr(row, column.key)
        for column in inspect(type(row)).columns
        if column.key not in UNWATCHED and not isinstance(getattr(row, column.key), bytes)
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return dict(_tagged(values))


def _tagged(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        match value:
            case date():
                yield name, {"date": value.isoformat()}
            case UUID():
                yield name, {"uuid": str(value)}
            case _:
                yield name, value


def _rich(values: dict[str, Any]) -> dict[str, Any]:
    kinds = {"date": date.fromisoformat, "uuid": UUID}
    return {
        name: next(kinds[kind](text) for kind, text in value.items()) if isinstance(value, dict) else value
        for name, value in values.items()
    }
