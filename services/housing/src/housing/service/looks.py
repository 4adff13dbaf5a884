"""Looking into the register: officers only, for a registered purpose (Provisional Regulations 27, 28)."""

from dataclasses import dataclass

from onewindow_kit.decide import Principal
from onewindow_kit.pages import decode, encode
from onewindow_kit.problems import NotFound
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.service.registry import Registry, require_housing
from housing.store import people, published
from housing.tables import FreezeRow, MortgageRow

TABLES: dict[str, type[MortgageRow] | type[FreezeRow]] = {events.MORTGAGE: MortgageRow, events.FREEZE: FreezeRow}


@dataclass(frozen=True, slots=True)
class Page:
    """Envelopes as published, and the cursor to go on with."""

    items: list[bytes]
    next: str | None


async def read(
    session: AsyncSession, registry: Registry, officer: Principal, urn: str, topic: str
) -> tuple[int, bytes]:
    """Version and envelope of one record of the officer's own register; NotFound for any other."""
    _admit(registry, officer)
    if urn.split(":")[2] != officer.authority:
        raise NotFound
    found = await published.envelope(session, registry.records.sealer, urn, topic)
    if found is None:
        raise NotFound
    return found


async def title_of_unit(
    session: AsyncSession, registry: Registry, officer: Principal, unit_code: str
) -> tuple[int, bytes]:
    """The title in force of one unit."""
    _admit(registry, officer)
    urn = await published.unit_in_force(session, unit_code, officer.authority or "")
    if urn is None:
        raise NotFound
    return await read(session, registry, officer, urn, events.TITLE)


async def titles_of_owner(
    session: AsyncSession, registry: Registry, officer: Principal, owner: str, cursor: str | None, limit: int
) -> Page:
    """The titles in force of one owner; an unknown pseudonym has none."""
    _admit(registry, officer)
    require_housing([owner])
    urns = await people.titles_of(session, owner, _after(cursor), limit + 1)
    return await _page(session, registry, urns, events.TITLE, limit)


async def on_title(
    session: AsyncSession, registry: Registry, officer: Principal, urn: str, topic: str, cursor: str | None, limit: int
) -> Page:
    """The mortgages or the freezes of a title, ended ones too."""
    after = _after(cursor)
    await read(session, registry, officer, urn, events.TITLE)
    urns = await published.on_title(session, TABLES[topic], urn, after, limit + 1)
    return await _page(session, registry, urns, topic, limit)


def _admit(registry: Registry, officer: Principal) -> None:
    registry.rules.require_purpose(officer.authority, officer.purpose, registry.today())


def _after(cursor: str | None) -> str:
    position = decode(cursor, str)
    return position[0] if position else ""


async def _page(session: AsyncSession, registry: Registry, urns: list[str], topic: str, limit: int) -> Page:
    shown = urns[:limit]
    found = await published.envelopes(session, registry.records.sealer, shown, topic)
    return Page([envelope for _, envelope in found], encode(shown[-1]) if len(urns) > limit else None)
