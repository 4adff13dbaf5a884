"""What identity tells the register about a person: a death, its revocation, a change of name."""

from datetime import date

from onewindow_kit.problems import VersionConflict
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.residence_right import ResidenceRight
from housing.service import rights
from housing.service.fund import deaths as fund
from housing.service.registry import Registry
from housing.store import people, titles
from housing.store import rights as rights_store

NO_DISPOSAL = "民法典 第二百三十二条"
"""Civil Code 232: what was acquired by inheritance cannot be disposed of before it is registered."""
RESIDENT_DIED = "民法典 第三百七十条"
"""Civil Code 370: a residence right ends with its holder's death."""
DEATH_REVOKED = "民法典 第五十条"
"""Civil Code 50: a declaration of death is revoked when the person reappears."""


async def died(session: AsyncSession, registry: Registry, person: str, died_on: date) -> None:
    """Nobody can dispose of the person's titles until the heirs are registered; told again, nothing changes."""
    if (await people.dead_among(session, [person])).get(person) == died_on:
        return
    await people.note_death(session, person, died_on)
    await _retell(session, registry, person, died_on, NO_DISPOSAL)
    for right in await rights_store.held_by(session, person):
        if isinstance(right, ResidenceRight) and right.ended_on is None:
            await rights.end(session, registry, right.ended("died", died_on), died_on, RESIDENT_DIED)
    await fund.died(session, registry, person, died_on)


async def revived(session: AsyncSession, registry: Registry, person: str, on: date) -> None:
    """The death was declared in error."""
    if await people.forget_death(session, person):
        await _retell(session, registry, person, on, DEATH_REVOKED)


async def renamed(session: AsyncSession, registry: Registry, person: str, name: str) -> None:
    """Certificates name the person by the new name from now on; no record shows it, so none changes."""
    for urn in await people.titles_of(session, person):
        await titles.rename(session, urn, person, name)


async def _retell(session: AsyncSession, registry: Registry, person: str, on: date, legal_basis: str) -> None:
    """Publish the person's titles anew, with what can be done with them now."""
    for urn in await people.titles_of(session, person):
        title = await titles.load(session, urn)
        if title is None:
            raise VersionConflict
        await registry.enter(session, title, title, "varied", on, legal_basis)
