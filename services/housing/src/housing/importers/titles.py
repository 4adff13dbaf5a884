"""Importing titles: numbers for pseudonyms a batch at a time, then all rows of a batch at once."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from onewindow_contracts.loader import Contracts
from onewindow_kit.imports import Import, Parsed, Refusal
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.importers.rows import Reader
from housing.service import takeover
from housing.service.registry import Registry

UNKNOWN = Refusal("person-not-found", "The population office knows no such number.", "owner_numbers")


class Numbers(Protocol):
    """Who exchanges numbers: identity's client."""

    async def resolve_batch(self, numbers: Sequence[str], *, scheme: str) -> Sequence[Any]: ...


def titles(
    registry: Registry,
    contracts: Contracts,
    identity: Numbers,
    sessions: async_sessionmaker[AsyncSession],
    folder: Path,
    wake: Callable[[], None],
) -> Import:
    """``import title``."""

    async def store(session: AsyncSession, rows: list[Parsed]) -> list[tuple[Parsed, Refusal]]:
        wanted = [(row.model.title, row.model.persons) for row in rows]
        refused = await takeover.titles(session, registry, wanted)
        return [(rows[index], Refusal(why.code, why.title)) for index, why in refused]

    return Import(
        target="housing.title",
        labels=labels(contracts),
        parse=Reader(registry.rules, registry.today()),
        store=store,
        sessions=sessions,
        rejects_folder=folder,
        prepare=exchange(identity),
        wake=wake,
    )


def labels(contracts: Contracts) -> Mapping[str, tuple[str, ...]]:
    """Field to its Chinese and English header, from the contract."""
    properties = contracts.openapi("housing")["components"]["schemas"]["ImportedTitle"]["properties"]
    return {name: (each["x-label"]["zh"], each["x-label"]["en"]) for name, each in properties.items()}


def exchange(
    identity: Numbers, unknown: Refusal = UNKNOWN
) -> Callable[[list[Parsed]], Awaitable[list[tuple[Parsed, Refusal]]]]:
    """The import's ``prepare``: fills in each row's pseudonyms, refuses those with a number that nobody has."""

    async def prepare(rows: list[Parsed]) -> list[tuple[Parsed, Refusal]]:
        by_scheme: dict[str, list[Parsed]] = defaultdict(list)
        for row in rows:
            by_scheme[row.model.scheme].append(row)
        refused = []
        for scheme, named in by_scheme.items():
            numbers = [number for row in named for number in row.model.numbers]
            found = iter(await identity.resolve_batch(numbers, scheme=scheme))
            for row in named:
                persons = [next(found) for _ in row.model.numbers]
                if None in persons:
                    refused.append((row, unknown))
                else:
                    row.model.persons = list(map(str, persons))
        return refused

    return prepare
