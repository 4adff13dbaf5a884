"""Cases: applicant and parties are named by the case alone, its content points to them."""

from datetime import date
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.events.envelope import UNCLEAR
from housing.service.registry import Registry
from housing.store import offers


async def urns_of(session: AsyncSession, registry: Registry, person: str) -> list[str]:
    """The cases of an applicant or party."""
    return [case.urn for case in await registry.cases.of_person(session, person)]


async def refile(
    session: AsyncSession, registry: Registry, urn: str, old: str, new: str, change: events.Change, on: date
) -> bool:
    """Applicant or party goes by another name; by none while it is open whose the case is."""
    if urn.split(":")[3] != "case":
        return False
    why: Literal["merged", "corrected"] = "merged" if change == "merged" else "corrected"
    was, name = old.removeprefix(UNCLEAR), None if new.startswith(UNCLEAR) else new
    await registry.cases.rename(session, urn, was, name, why, on)
    if name is not None:
        await offers.rename_heir(session, urn, was, name)
    return True
