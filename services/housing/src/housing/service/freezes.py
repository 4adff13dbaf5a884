"""Freezes: registered by order of an authority, lifted by it."""

from dataclasses import replace

from onewindow_contracts.models import housing as api
from onewindow_kit import clock
from onewindow_kit.problems import NotFound, VersionConflict
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.freeze import Freeze
from housing.domain.problems import AlreadyFrozen
from housing.domain.title import not_after
from housing.service.registry import Registry
from housing.store import encumbrances, titles


async def register(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.RegisterFreeze
) -> Record:
    """Freeze the title ``urn`` at ``version``. No owner is asked, and no death stands in its way."""
    today = registry.today()
    title = await registry.find_at(session, authority, urn, version)
    title.require_open()
    freeze = Freeze(
        urn=new_urn(authority, "freeze"),
        version=1,
        title=urn,
        authority=authority,
        unit_code=title.unit_code,
        ordered_by=command.ordered_by,
        order_number=command.order_number,
        since=not_after(command.since or today, today),
        until=command.until,
    )
    freeze.require_lawful(registry.rules.law(today))
    if any(other.in_force(today) for other in title.freezes):
        raise AlreadyFrozen
    if not await titles.touch(session, title):
        raise VersionConflict
    await encumbrances.insert_freeze(session, freeze)
    record = events.freeze_record(freeze, title.ownership, "created", freeze.since, clock.now(), command.legal_basis)
    await registry.records.publish(session, record)
    return record


async def lift(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.LiftFreeze
) -> Record:
    """End a freeze from today."""
    today = registry.today()
    freeze = await encumbrances.freeze(session, urn)
    if freeze is None:
        raise NotFound
    title = await registry.find(session, authority, freeze.title)
    if freeze.version != version:
        raise VersionConflict
    freeze.require_open()
    after = replace(freeze, version=version + 1, ended_on=today)
    if not await titles.touch(session, title) or not await encumbrances.save_freeze(session, after):
        raise VersionConflict
    record = events.freeze_record(after, title.ownership, "ended", today, clock.now(), command.legal_basis)
    await registry.records.publish(session, record)
    return record
