"""What identity tells about who is who: two persons are one, or one was two."""

from collections.abc import Collection
from datetime import date

from onewindow_kit import aliases
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.events.envelope import UNCLEAR
from housing.service import split_review
from housing.service.refiling.parts import refile, urns_of
from housing.service.registry import Registry
from housing.store import people

BATCH = 100  # not a rule: how many records a case may name


async def merged(session: AsyncSession, registry: Registry, losing: str, into: str, on: date) -> None:
    """Every record of the losing name stands under the surviving one from now on, who is dead or alive as before: a
    death of the losing entry was an error, or is the survivor's own already."""
    urns = await urns_of(session, registry, losing)
    await aliases.merged(session, losing, into, urns, await urns_of(session, registry, into))
    await people.rename(session, losing, into)
    await refile(session, registry, urns, losing, into, "merged", on)


async def split(
    session: AsyncSession, registry: Registry, old: str, stays: str, leaves: str, returning: Collection[str], on: date
) -> None:
    """Records known before the merge go back to where they came from; those made since are nobody's until an officer
    has decided, in cases that list them."""
    urns = await urns_of(session, registry, old)
    sides = await aliases.split(session, old, stays, leaves, returning, urns)
    await people.rename(session, old, UNCLEAR + old)
    for name, person in ((old, UNCLEAR + old), (old, stays), *((each, leaves) for each in returning)):
        await people.pass_death(session, name, person)
    for side, name in (("stays", stays), ("leaves", leaves), ("contested", UNCLEAR + old)):
        mine = [urn for urn in urns if sides[urn] == side]
        await refile(session, registry, mine, old, name, "corrected", on)
    contested = [urn for urn in urns if sides[urn] == "contested"]
    content = {"old": old, "stays": stays, "leaves": leaves}
    today = registry.today()
    for start in range(0, len(contested), BATCH):
        await registry.cases.open(
            registry,
            session,
            split_review.KIND.name,
            old,
            content,
            on=today,
            decide_by=registry.rules.decide_by(today, today),
            concerns=contested[start : start + BATCH],
        )
