"""Many titles at once, by COPY on the session's own connection and in its transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

import asyncpg
from sqlalchemy import any_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.problems import UnitAlreadyRegistered
from housing.domain.title import Title
from housing.store.arrays import array_of
from housing.store.encumbrances import MORTGAGE_FIELDS
from housing.store.titles import sealed_address, sealed_name
from housing.tables import TitleRow

_TITLE = (
    "urn",
    "version",
    "revision",
    "authority",
    "unit_code",
    "address",
    "area",
    "use",
    "price",
    "certificate_number",
    "entry",
    "cause",
    "ownership",
    "registered_on",
)
_HOLDING = ("title", "owner", "numerator", "denominator", "since", "name")


async def certificates_in_force(session: AsyncSession, units: Sequence[str]) -> dict[str, str]:
    """Those of ``units`` that have a title in force, with its certificate's number."""
    query = select(TitleRow.unit_code, TitleRow.certificate_number)
    found = await session.exec(
        query.where(col(TitleRow.unit_code) == any_(array_of(units)), col(TitleRow.ended_on).is_(None))
    )
    return dict(found.all())


async def insert(session: AsyncSession, made: Sequence[tuple[Title, Mapping[str, str]]]) -> None:
    """Enter new titles with their owners (and the owners' names) and mortgages. UnitAlreadyRegistered, without saying
    whose, when another transaction entered one of the units meanwhile: find it by trying fewer."""
    connection = await _connection(session)
    mortgages = [astuple(mortgage) for title, _ in made for mortgage in title.mortgages]
    try:
        await connection.copy_records_to_table("title", records=[_title(title) for title, _ in made], columns=_TITLE)
    except asyncpg.UniqueViolationError as error:
        raise UnitAlreadyRegistered from error
    holdings = [row for title, names in made for row in _holdings(title, names)]
    await connection.copy_records_to_table("holding", records=holdings, columns=_HOLDING)
    await connection.copy_records_to_table("mortgage", records=mortgages, columns=MORTGAGE_FIELDS)


async def _connection(session: AsyncSession) -> asyncpg.Connection:
    """The driver's connection; SQLAlchemy has begun the transaction by its first statement, which every caller sent."""
    raw = await (await session.connection()).get_raw_connection()
    assert raw.driver_connection is not None and raw.driver_connection.is_in_transaction()
    return raw.driver_connection


def _title(title: Title) -> tuple[Any, ...]:
    return (
        title.urn,
        title.version,
        title.revision,
        title.authority,
        title.unit_code,
        sealed_address(title.address),
        title.area,
        title.use,
        title.price,
        title.certificate_number,
        title.entry,
        title.cause,
        title.ownership.form,
        title.registered_on,
    )


def _holdings(title: Title, names: Mapping[str, str]) -> list[tuple[Any, ...]]:
    return [
        (
            title.urn,
            holding.owner,
            holding.share and holding.share.numerator,
            holding.share and holding.share.denominator,
            holding.since,
            sealed_name(names[holding.owner]),
        )
        for holding in title.ownership.holdings
    ]
