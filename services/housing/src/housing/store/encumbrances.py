"""Mortgages and freezes."""

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.freeze import Freeze
from housing.domain.mortgage import Mortgage
from housing.store.days import day_of
from housing.store.fresh import FRESH
from housing.tables import FreezeRow, MortgageRow

MORTGAGE_FIELDS = tuple(field.name for field in fields(Mortgage))
MORTGAGE_COLUMNS = ", ".join(MORTGAGE_FIELDS)
FREEZE_COLUMNS = ", ".join(field.name for field in fields(Freeze))
assert {field.name for field in fields(Mortgage)} == set(MortgageRow.model_fields) - {"release"}
assert {field.name for field in fields(Freeze)} == set(FreezeRow.model_fields)

_MORTGAGE_DAYS = ("debt_from", "debt_until", "registered_on", "released_on", "ended_on")
_FREEZE_DAYS = ("since", "until", "ended_on")


async def mortgage(session: AsyncSession, urn: str) -> tuple[Mortgage, bytes | None] | None:
    """A mortgage and the blind index of its release number, if the mortgagee released it."""
    row = (
        await session.exec(select(MortgageRow).where(MortgageRow.urn == urn).execution_options(**FRESH))
    ).one_or_none()
    return None if row is None else (Mortgage(**row.model_dump(exclude={"release"})), row.release)


async def freeze(session: AsyncSession, urn: str) -> Freeze | None:
    """A freeze."""
    row = (await session.exec(select(FreezeRow).where(FreezeRow.urn == urn).execution_options(**FRESH))).one_or_none()
    return None if row is None else Freeze(**row.model_dump())


async def insert_mortgage(session: AsyncSession, new: Mortgage) -> None:
    """Enter a new mortgage."""
    await (await session.connection()).execute(insert(MortgageRow).values(**asdict(new), release=None))


async def insert_freeze(session: AsyncSession, new: Freeze) -> None:
    """Enter a new freeze."""
    await (await session.connection()).execute(insert(FreezeRow).values(**asdict(new)))


async def save_mortgage(session: AsyncSession, after: Mortgage, release: bytes | None = None) -> bool:
    """Store the next version of a mortgage; ``release`` only when it is declared. False when it has changed since."""
    values: dict[str, Any] = asdict(after) | ({"release": release} if release else {})
    before = (col(MortgageRow.urn) == after.urn, col(MortgageRow.version) == after.version - 1)
    done = await (await session.connection()).execute(update(MortgageRow).where(*before).values(**values))
    return done.rowcount == 1


async def save_freeze(session: AsyncSession, after: Freeze) -> bool:
    """Store the next version of a freeze; False when it has changed since."""
    before = (col(FreezeRow.urn) == after.urn, col(FreezeRow.version) == after.version - 1)
    done = await (await session.connection()).execute(update(FreezeRow).where(*before).values(**asdict(after)))
    return done.rowcount == 1


async def titles_with_lapsed_freezes(session: AsyncSession, on: date, limit: int) -> list[str]:
    """Titles with a freeze in force whose last day has passed."""
    query = select(FreezeRow.title).where(FreezeRow.place == 0, col(FreezeRow.ended_on).is_(None))
    found = await session.exec(query.where(FreezeRow.until < on).order_by(FreezeRow.urn).limit(limit))
    return list(dict.fromkeys(found))


async def mortgages_of(session: AsyncSession, mortgagee: str) -> list[Mortgage]:
    """Every mortgage of a creditor, ended ones too, in order of URN."""
    query = select(MortgageRow).where(MortgageRow.mortgagee == mortgagee).order_by(MortgageRow.urn)
    return [
        Mortgage(**row.model_dump(exclude={"release"})) for row in await session.exec(query.execution_options(**FRESH))
    ]


def mortgage_of(found: dict[str, Any]) -> Mortgage:
    """From JSON, as the title's own statement reads it."""
    return Mortgage(**_days(found, _MORTGAGE_DAYS))


def freeze_of(found: dict[str, Any]) -> Freeze:
    """From JSON, as the title's own statement reads it."""
    return Freeze(**_days(found, _FREEZE_DAYS))


def _days(found: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return found | {name: found[name] and day_of(found[name]) for name in names}
