"""The parts in the order in which records are filed anew."""

from collections.abc import Collection
from datetime import date
from typing import Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.service.fund import links as fund
from housing.service.refiling import cases, holders, titles
from housing.service.registry import Registry


class Part(Protocol):
    """A module that knows some kinds of records."""

    async def urns_of(self, session: AsyncSession, registry: Registry, person: str) -> list[str]: ...

    async def refile(
        self, session: AsyncSession, registry: Registry, urn: str, old: str, new: str, change: events.Change, on: date
    ) -> bool: ...


PARTS: tuple[Part, ...] = (titles, holders, fund, cases)


async def urns_of(session: AsyncSession, registry: Registry, person: str) -> list[str]:
    """Every record that names a person."""
    return [urn for part in PARTS for urn in await part.urns_of(session, registry, person)]


async def refile(
    session: AsyncSession,
    registry: Registry,
    urns: Collection[str],
    old: str,
    new: str,
    change: events.Change,
    on: date,
) -> None:
    """Each of the records names ``new`` instead of ``old`` from now on; LookupError for a kind that no part knows."""
    for urn in urns:
        for part in PARTS:
            if await part.refile(session, registry, urn, old, new, change, on):
                break
        else:
            raise LookupError(f"no part of the register files {urn.split(':')[3]} anew")
