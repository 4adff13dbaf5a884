"""Objections, advance notices and residence rights: one table each, the same steps for all."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.advance_notice import AdvanceNotice
from housing.domain.objection import Objection
from housing.domain.residence_right import ResidenceRight
from housing.store.days import day_of
from housing.store.fresh import FRESH
from housing.tables import AdvanceNoticeRow, ObjectionRow, ResidenceRightRow

Right = Objection | AdvanceNotice | ResidenceRight
RightRow = ObjectionRow | AdvanceNoticeRow | ResidenceRightRow
ROWS: dict[type[Right], type[RightRow]] = {
    Objection: ObjectionRow,
    AdvanceNotice: AdvanceNoticeRow,
    ResidenceRight: ResidenceRightRow,
}
_KINDS = {row.__tablename__: kind for kind, row in ROWS.items()}
HOLDER = {Objection: "objector", AdvanceNotice: "beneficiary", ResidenceRight: "resident"}
"""The column that names whose right it is."""
_DAYS = ("registered_on", "holds_until", "suit_on", "registrable_on", "until", "ended_on")
assert all({field.name for field in fields(kind)} == set(row.model_fields) for kind, row in ROWS.items())


def columns(kind: type[Right]) -> str:
    """For the title's own statement."""
    return ", ".join(field.name for field in fields(kind))


async def find(session: AsyncSession, urn: str) -> Right | None:
    """A right by its URN, whose record type says in which table it is."""
    kind = _KINDS.get(urn.split(":")[3].replace("-", "_"))
    if kind is None:
        return None
    row = (await session.exec(select(ROWS[kind]).where(ROWS[kind].urn == urn).execution_options(**FRESH))).one_or_none()
    return None if row is None else kind(**row.model_dump())


async def add(session: AsyncSession, right: Right) -> None:
    """Enter a new right."""
    await (await session.connection()).execute(insert(ROWS[type(right)]).values(**asdict(right)))


async def save(session: AsyncSession, after: Right) -> bool:
    """Store the next version of a right; False when it has changed since."""
    row = ROWS[type(after)]
    before = (col(row.urn) == after.urn, col(row.version) == after.version - 1)
    done = await (await session.connection()).execute(update(row).where(*before).values(**asdict(after)))
    return done.rowcount == 1


async def held_by(session: AsyncSession, person: str) -> list[Right]:
    """Every right of a person, ended ones too, in order of URN."""
    found: list[Right] = []
    for kind, row in ROWS.items():
        query = select(row).where(getattr(row, HOLDER[kind]) == person).order_by(row.urn)
        found += [kind(**each.model_dump()) for each in await session.exec(query.execution_options(**FRESH))]
    return found


async def due(session: AsyncSession, kind: type[Right], on: date, limit: int) -> Sequence[str]:
    """Titles of rights whose last day has passed."""
    row = ROWS[kind]
    last = row.until if row is ResidenceRightRow else row.holds_until  # type: ignore[union-attr]  # the other two have it
    query = select(row.title).where(col(row.ended_on).is_(None), col(last) < on).order_by(row.urn).limit(limit)
    if row is ObjectionRow:
        query = query.where(col(ObjectionRow.suit_on).is_(None))
    return list(dict.fromkeys(await session.exec(query)))


def right_of(kind: type[Right], found: dict[str, Any]) -> Any:
    """From JSON, as the title's own statement reads it."""
    days: dict[str, Any] = {day: found[day] and day_of(found[day]) for day in _DAYS if day in found}
    return kind(**found | days)
