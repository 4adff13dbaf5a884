"""Importing employers' lists of contributions: numbers for pseudonyms a batch at a time, then all lines at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onewindow_contracts.loader import Contracts
from onewindow_contracts.models.housing_fund import ImportedContribution
from onewindow_kit.imports import Import, Parsed, Refusal
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.fund.contribution import Payment
from housing.domain.fund.months import month_of
from housing.importers.rows import DEFAULT_SCHEME
from housing.importers.titles import Numbers, exchange
from housing.service.fund import contributions as books
from housing.service.registry import Registry
from housing.store.fund.lists import TARGET

UNKNOWN = Refusal("person-not-found", "The population office knows no such number.", "number")


@dataclass(slots=True)
class ContributionRow:
    """One line; its person is ``numbers`` until ``persons`` is filled in."""

    scheme: str
    numbers: Sequence[str]
    employer: str
    payment: Payment
    persons: Sequence[str] = ()


def contributions(
    registry: Registry,
    contracts: Contracts,
    identity: Numbers,
    sessions: async_sessionmaker[AsyncSession],
    folder: Path,
    wake: Callable[[], None],
) -> Import:
    """``import contribution``."""

    async def store(session: AsyncSession, rows: list[Parsed]) -> list[tuple[Parsed, Refusal]]:
        lines = [books.ListLine(row.model.employer, row.model.persons[0], row.model.payment) for row in rows]
        refused = await books.take_in(session, registry, lines)
        return [(rows[index], Refusal(why.code, why.title)) for index, why in refused]

    return Import(
        target=TARGET,
        labels=labels(contracts),
        parse=lambda values: read(values, registry.today()),
        store=store,
        sessions=sessions,
        rejects_folder=folder,
        prepare=exchange(identity, UNKNOWN),
        wake=wake,
    )


def labels(contracts: Contracts) -> Mapping[str, tuple[str, ...]]:
    """Field to its Chinese and English header, from the contract."""
    properties = contracts.openapi("housing")["components"]["schemas"]["ImportedContribution"]["properties"]
    return {name: (each["x-label"]["zh"], each["x-label"]["en"]) for name, each in properties.items()}


def read(values: Mapping[str, Any], today: date) -> ContributionRow:
    """A line that fits the contract; pydantic's ValidationError otherwise. JSON Lines may write amounts as numbers."""
    try:
        row = ImportedContribution.model_validate(values)
    except ValidationError:
        texts = {name: str(value) if type(value) is int else value for name, value in values.items()}
        if texts == values:
            raise
        row = ImportedContribution.model_validate(texts)
    wage = None if row.average_wage_fen is None else int(row.average_wage_fen)
    payment = Payment(month_of(row.month), int(row.amount_fen), row.paid_on or today, wage)
    return ContributionRow(row.scheme or DEFAULT_SCHEME, [row.number], row.employer_code, payment)
