"""Driving licences in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from onewindow_kit.sealing import blind
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.licences import LIVE, Licence
from transport.tables import HOLDER, DrivingLicence

_FIELDS = tuple(field.name for field in fields(Licence))
assert set(_FIELDS) <= set(DrivingLicence.model_fields), "a licence's fields are columns of the same name"


def licence(row: DrivingLicence) -> Licence:
    """The domain's value of a row."""
    values: dict[str, Any] = {name: getattr(row, name) for name in _FIELDS}
    values["classes"] = tuple(row.classes)
    return Licence(**values)


def columns(value: Licence) -> dict[str, Any]:
    """The columns that the domain's value fills."""
    return {name: getattr(value, name) for name in _FIELDS} | {"classes": list(value.classes)}


def keep(row: DrivingLicence, value: Licence) -> None:
    """Write the domain's value into the row."""
    for name, column in columns(value).items():
        setattr(row, name, column)


def file_number_blind(number: str) -> bytes:
    return blind(HOLDER, "driving_licence.file_number", number)


async def of_holder(session: AsyncSession, holder: str) -> Sequence[DrivingLicence]:
    """Every licence that a person ever had here, locked."""
    query = select(DrivingLicence).where(DrivingLicence.holder == holder).order_by(DrivingLicence.urn)
    return (await session.exec(query.with_for_update())).all()


async def live_of_holder(session: AsyncSession, holder: str) -> Sequence[DrivingLicence]:
    return [row for row in await of_holder(session, holder) if row.state in LIVE]


async def file_number_known(session: AsyncSession, number: str) -> bool:
    query = select(DrivingLicence.urn).where(DrivingLicence.file_number_blind == file_number_blind(number))
    return (await session.exec(query)).one_or_none() is not None


async def lapsed(session: AsyncSession, expired_before: date, limit: int) -> Sequence[DrivingLicence]:
    """Up to ``limit`` valid licences that expired before a day; those that another command holds are left out."""
    query = (
        select(DrivingLicence)
        .where(DrivingLicence.state == "valid", col(DrivingLicence.valid_until) < expired_before)
        .order_by(DrivingLicence.urn)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.exec(query)).all()
