"""Violations in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from onewindow_kit.sealing import blind
from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.roads.violations import SETTLED
from transport.domain.roads.violations import Violation as Value
from transport.tables import HOLDER, Violation

_FIELDS = tuple(field.name for field in fields(Value))
assert set(_FIELDS) <= set(Violation.model_fields), "a violation's fields are columns of the same name"


def value(row: Violation) -> Value:
    """The domain's value of a row."""
    return Value(**{name: getattr(row, name) for name in _FIELDS})


def columns(violation: Value) -> dict[str, Any]:
    """The columns that the domain's value fills."""
    return {name: getattr(violation, name) for name in _FIELDS}


def keep(row: Violation, violation: Value) -> None:
    """Write the domain's value into the row."""
    for name, column in columns(violation).items():
        setattr(row, name, column)


def document_blind(document: str) -> bytes:
    return blind(HOLDER, "violation.document", document)


async def known_documents(session: AsyncSession, blinds: Sequence[bytes]) -> set[bytes]:
    """Those under which a violation is recorded already."""
    query = select(Violation.document_blind).where(col(Violation.document_blind).in_(blinds))
    return set((await session.exec(query)).all())


async def open_of_vehicle(session: AsyncSession, vehicle: str) -> int:
    """How many violations with a vehicle are not settled; the vehicle's row is locked by the caller."""
    query = select(Violation.urn).where(Violation.vehicle == vehicle, col(Violation.state).not_in(SETTLED))
    return len((await session.exec(query)).all())


async def of_person(session: AsyncSession, person: str) -> Sequence[Violation]:
    """Every violation that a person has as owner or driver, locked."""
    mine = or_(Violation.owner == person, Violation.driver == person)
    return (await session.exec(select(Violation).where(mine).order_by(Violation.urn).with_for_update())).all()


async def counting_in(session: AsyncSession, cycle: str) -> Sequence[Violation]:
    """Violations whose points count in a cycle, locked."""
    query = select(Violation).where(Violation.cycle == cycle, col(Violation.counting))
    return (await session.exec(query.order_by(Violation.urn).with_for_update())).all()
