"""What identity tells the register about a person: a death, its revocation, a change of name."""

from datetime import date

from onewindow_kit.problems import VersionConflict
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.title import Title
from housing.service.registry import Registry
from housing.store import people, titles

NO_DISPOSAL = "民法典 第二百三十二条"
"""Civil Code 232: what was acquired by inheritance cannot be disposed of before it is registered."""


async def died(session: AsyncSession, registry: Registry, person: str, died_on: date) -> None:
    """Nobody can dispose of the person's titles until the heirs are registered."""
    await people.note_death(session, person, died_on)
    await _retell(session, registry, person, died_on)


async def revived(session: AsyncSession, registry: Registry, person: str, on: date) -> None:
    """The death was declared in error."""
    await people.forget_death(session, person)
    await _retell(session, registry, person, on)


async def renamed(session: AsyncSession, registry: Registry, person: str, name: str) -> None:
    """Certificates name the person by the new name from now on; no record shows it, so none changes."""
    for urn in await people.titles_of(session, person):
        await titles.rename(session, urn, person, name)


async def _retell(session: AsyncSession, registry: Registry, person: str, on: date) -> None:
    """Publish the person's titles anew, with what can be done with them now."""
    for urn in await people.titles_of(session, person):
        title: Title | None = await titles.load(session, urn)
        if title is None:
            raise VersionConflict
        await registry.enter(session, title, title, _CHANGE, on, NO_DISPOSAL)


_CHANGE: events.Change = "varied"
