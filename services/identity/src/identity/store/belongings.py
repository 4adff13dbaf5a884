"""Everything in the register that refers to a person, whatever table it stands in: found by the foreign keys.

A table that is added later follows a merge without being named anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import Mapper
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.tables import LinkDecision, NumberConflict, Person, Pseudonym

Row = Any
"""A row of any table of the register."""
APART: tuple[type[SQLModel], ...] = (Pseudonym, LinkDecision)  # they are about who is who, not what somebody has


def mappers() -> list[Mapper[Any]]:
    """Of every table, in order of name."""
    registry = SQLModel._sa_registry  # SQLModel's registry has no public name
    return sorted(registry.mappers, key=lambda mapper: str(mapper.local_table))


def owned() -> Iterator[tuple[type[SQLModel], tuple[str, ...]]]:
    """Each table with the columns by which its rows refer to a person."""
    mappers: list[Mapper[Any]] = sorted(
        SQLModel._sa_registry.mappers,
        key=lambda mapper: str(mapper.local_table),  # SQLModel's registry has no public name
    )
    for mapper in mappers:
        columns = tuple(
            column.name
            for column in mapper.local_table.columns
            if any(key.column.table.name == Person.__tablename__ for key in column.foreign_keys)
        )
        if columns and mapper.class_ not in APART:
            yield mapper.class_, columns


def owners(row: Row) -> tuple[str, ...]:
    """The columns by which a row refers to persons."""
    return next((columns for table, columns in owned() if isinstance(row, table)), ())


async def of(session: AsyncSession, people: Collection[UUID]) -> list[Row]:
    """All rows that refer to one of these persons; the persons themselves are not among them, those merged in are."""
    rows: list[Row] = []
    for table, columns in owned():
        query = select(table).where(or_(*(getattr(table, column).in_(people) for column in columns)))
        rows += await session.exec(query.execution_options(populate_existing=True))
    return rows


async def open_conflicts(session: AsyncSession, identifications: Collection[str]) -> list[NumberConflict]:
    """Conflicts of numbers not decided yet that one of these identifications is in."""
    query = select(NumberConflict).where(
        NumberConflict.state == "open",
        or_(
            NumberConflict.holder.in_(identifications),  # type: ignore[attr-defined]  # a column
            NumberConflict.claimant.in_(identifications),  # type: ignore[attr-defined]  # a column
        ),
    )
    return list(await session.exec(query.with_for_update()))
