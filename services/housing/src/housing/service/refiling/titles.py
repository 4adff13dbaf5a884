"""Titles, and what lies on them: the owners are named by the title alone, everything else follows it."""

from dataclasses import replace
from datetime import date

from onewindow_kit import clock
from onewindow_kit.problems import VersionConflict
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.service.registry import Registry
from housing.store import people, titles

BASIS = "户口登记条例 第十七条"
"""A person's entries are corrected where two turn out to be one, or one to be two."""


async def urns_of(session: AsyncSession, registry: Registry, person: str) -> list[str]:
    """The titles of an owner, ended ones too."""
    return await people.every_title_of(session, person)


async def refile(
    session: AsyncSession, registry: Registry, urn: str, old: str, new: str, change: events.Change, on: date
) -> bool:
    """The owner goes by another name; where both own, their shares add up."""
    if urn.split(":")[3] != "title":
        return False
    title = await registry.find(session, registry.office, urn)
    if old not in title.ownership.owners:
        return True  # sold meanwhile: the record names nobody any more who would have to be renamed
    ownership = title.ownership.renamed(old, new)
    after = replace(title, version=title.version + 1, ownership=ownership)
    if title.ended_on is None:
        names = await people.names(session, urn)
        known = {} if new in names else {new: names[old]}
        await registry.enter(session, title, after, change, on, BASIS, known)
        return True
    if not await titles.rename_owner(session, title, old, new):
        raise VersionConflict
    await registry.records.publish(session, events.title_record(after, change, on, clock.now(), BASIS))
    return True
