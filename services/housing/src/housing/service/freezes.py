"""Freezes: registered by order of an authority, lifted by it; each begins when the one before it ends."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from onewindow_contracts.models import housing as api
from onewindow_kit import clock
from onewindow_kit.problems import NotFound, VersionConflict
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.freeze import Freeze, queued, settled
from housing.domain.title import Title, not_after
from housing.service.registry import Registry
from housing.store import encumbrances, titles

QUEUE = "不动产登记暂行条例实施细则 第九十二条"
"""A waiting freeze takes effect by itself when the one before it is lifted or lapses."""


async def register(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.RegisterFreeze
) -> Record:
    """Freeze the title ``urn`` at ``version``, or wait in the queue. No owner is asked, and no death stands in its way."""
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
    law = registry.rules.law(today)
    freeze.require_lawful(law)
    present = settled(title.freezes, today, law)
    if not await titles.touch(session, title):
        raise VersionConflict
    await _move_up(session, registry, title, title.freezes, present, today)
    freeze = queued(present, freeze)
    await encumbrances.insert_freeze(session, freeze)
    record = events.freeze_record(freeze, title.ownership, "created", freeze.since, clock.now(), command.legal_basis)
    await registry.records.publish(session, record)
    return record


async def lift(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.LiftFreeze
) -> Record:
    """End a freeze from today; the next in the queue takes effect in the same transaction."""
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
    others = [each for each in title.freezes if each.urn != urn]
    present = settled([*others, after], today, registry.rules.law(today))
    await _move_up(session, registry, title, others, present, today)
    return record


async def lapse(session: AsyncSession, registry: Registry, on: date, limit: int) -> int:
    """End the freezes whose last day has passed and let the next ones take effect; of how many titles."""
    urns = await encumbrances.titles_with_lapsed_freezes(session, on, limit)
    for urn in urns:
        title = await titles.load(session, urn)
        if title is None or not await titles.touch(session, title):
            raise VersionConflict
        present = settled(title.freezes, on, registry.rules.law(on))
        await _move_up(session, registry, title, title.freezes, present, on)
    return len(urns)


async def _move_up(
    session: AsyncSession,
    registry: Registry,
    title: Title,
    before: Iterable[Freeze],
    present: Iterable[Freeze],
    on: date,
) -> None:
    """Store and publish those of ``before`` that stand otherwise in ``present``."""
    known, records = {freeze.urn: freeze for freeze in before}, []
    for freeze in present:
        if (old := known.get(freeze.urn)) is None or old == freeze:
            continue
        after = replace(freeze, version=old.version + 1)
        if not await encumbrances.save_freeze(session, after):
            raise VersionConflict
        change: events.Change = "ended" if after.ended_on else "varied"
        effective_on = after.ended_on or (after.since if after.place == 0 else on)
        records.append(events.freeze_record(after, title.ownership, change, effective_on, clock.now(), QUEUE))
    if records:
        await registry.records.publish(session, *records)
