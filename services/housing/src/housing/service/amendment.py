"""The unit itself has changed (variation), or the register was wrong (correction)."""

from dataclasses import replace

from onewindow_contracts.models import housing as api
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.problems import NothingChanged, OwnerRepeated
from housing.domain.title import Title
from housing.service.registry import Registry
from housing.store import people, titles


async def vary(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.VaryTitle
) -> Record:
    """Another address, area or use from today on."""
    title = await registry.find_at(session, authority, urn, version)
    after = replace(_amended(title, registry, command), entry="variation")
    if after == replace(title, entry="variation"):
        raise NothingChanged
    return await registry.enter(session, title, after, "varied", registry.today(), command.legal_basis)


async def correct(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.CorrectTitle
) -> Record:
    """What is sent was right all along; owners' names as registered can be among it."""
    new_names = {entry.pseudonym: entry.name for entry in command.names}
    if len(new_names) != len(command.names):
        raise OwnerRepeated
    title = await registry.find_at(session, authority, urn, version, list(new_names))
    after = replace(_amended(title, registry, command), entry="correction")
    for owner in new_names:
        title.ownership.of(owner)
    registered = await people.names(session, urn) if new_names else {}
    renamed = {owner: name for owner, name in new_names.items() if registered[owner] != name}
    if after == replace(title, entry="correction") and not renamed:
        raise NothingChanged
    for owner, name in renamed.items():
        await titles.rename(session, urn, owner, name)
    return await registry.enter(session, title, after, "corrected", registry.today(), command.legal_basis)


def _amended(title: Title, registry: Registry, command: api.VaryTitle | api.CorrectTitle) -> Title:
    title.require_open()
    if command.use is not None:
        registry.rules.require_use(command.use)
    return replace(
        title,
        address=title.address if command.address is None else command.address,
        area=title.area if command.area_m2 is None else events.area_of(command.area_m2),
        use=title.use if command.use is None else command.use,
    )
