"""Enrolled employers."""

from collections.abc import Collection
from dataclasses import fields

from sqlalchemy import any_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.employer import Employer
from housing.store.arrays import array_of
from housing.tables.fund import FundEmployerRow

FIELDS = tuple(field.name for field in fields(Employer))
assert set(FIELDS) == set(FundEmployerRow.model_fields)
_SELECT = select(*(col(getattr(FundEmployerRow, name)) for name in FIELDS))


async def hold(session: AsyncSession, urns: Collection[str]) -> dict[str, Employer]:
    """Employers by URN, locked until the transaction ends: always before accounts, so that nobody waits in a circle."""
    return await _held(session, "urn", urns)


async def hold_by_code(session: AsyncSession, codes: Collection[str]) -> dict[str, Employer]:
    """The same by unified social credit code."""
    return await _held(session, "uscc", codes)


async def enrolled(session: AsyncSession, organisation: str, uscc: str) -> bool:
    """Whether the organisation, or another one under this code, is an employer already."""
    same = (col(FundEmployerRow.organisation) == organisation) | (col(FundEmployerRow.uscc) == uscc)
    return (await session.exec(select(FundEmployerRow.urn).where(same).limit(1))).first() is not None


async def organisation_of(session: AsyncSession, urn: str) -> tuple[str, str] | None:
    """An employer's organisation and the office that enrolled it."""
    query = select(FundEmployerRow.organisation, FundEmployerRow.authority).where(FundEmployerRow.urn == urn)
    return (await session.exec(query)).one_or_none()


async def urns_of(session: AsyncSession, organisation: str) -> list[str]:
    """URNs under an organisation."""
    return list(await session.exec(select(FundEmployerRow.urn).where(FundEmployerRow.organisation == organisation)))


async def _held(session: AsyncSession, name: str, values: Collection[str]) -> dict[str, Employer]:
    query = _SELECT.where(col(getattr(FundEmployerRow, name)) == any_(array_of(values)))
    rows = (await (await session.connection()).execute(query.order_by(FundEmployerRow.urn).with_for_update())).all()
    return {getattr(employer, name): employer for employer in (Employer(*row) for row in rows)}
