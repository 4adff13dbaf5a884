"""Mortgages: entered like any disposal, released by the mortgagee, cancelled on an owner's application."""

import hmac
from dataclasses import replace
from datetime import date

from onewindow_contracts.models import housing as api
from onewindow_kit import clock
from onewindow_kit.decide import OWN_WINDOW, Principal
from onewindow_kit.problems import NotFound, VersionConflict
from onewindow_kit.records import Record, new_urn
from onewindow_kit.sealing import blind
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.certificate import written
from housing.domain.mortgage import Mortgage
from housing.domain.problems import ReleaseUnknown
from housing.domain.title import Title
from housing.service.registry import Registry, require_housing
from housing.store import encumbrances, numbers, titles
from housing.tables import HOLDER

ACCESSORY = "民法典 第三百九十三条"
"""Civil Code 393: a security right ends with the claim that it secures."""


async def register(
    session: AsyncSession,
    registry: Registry,
    authority: str,
    urn: str,
    version: int,
    command: api.RegisterMortgage,
    mortgagee: str | None = None,
    applied_on: date | None = None,
) -> Record:
    """Enter a mortgage on the title ``urn`` at ``version``, after those already there. ``mortgagee``: the creditor's
    pseudonym, where it applied itself; ``applied_on``: the day whose rules judge it, unless it is today."""
    today = registry.today()
    require_housing(command.consents)
    title = await registry.find_at(session, authority, urn, version)
    title.require_disposable(today, agreed=command.notice_consents)
    title.ownership.require_consent(command.consents, registry.rules.law(applied_on or today))
    number = await numbers.next_entry_certificate(session)
    mortgage = Mortgage(
        urn=new_urn(authority, "mortgage"),
        version=1,
        title=urn,
        authority=authority,
        unit_code=title.unit_code,
        kind=command.kind,
        mortgagee_name=command.mortgagee_name,
        mortgagee_code=command.mortgagee_code,
        secured=command.secured_fen,
        debt_from=command.debt_from,
        debt_until=command.debt_until,
        no_transfer=command.no_transfer,
        certificate_number=written(registry.rules.entry_certificate_form(today), number),
        rank=max((other.rank for other in title.mortgages), default=0) + 1,
        registered_on=today,
        mortgagee=mortgagee,
    )
    await _touch(session, title)
    await encumbrances.insert_mortgage(session, mortgage)
    record = events.mortgage_record(mortgage, title.ownership, "created", today, clock.now(), command.legal_basis)
    await registry.records.publish(session, record)
    return record


async def release(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.ReleaseMortgage
) -> Record:
    """The mortgagee declares the debt paid. The number is kept as a blind index: who knows it may have it cancelled."""
    today = registry.today()
    mortgage, _ = await _find(session, urn)
    title = await registry.find(session, authority, mortgage.title)
    if mortgage.version != version:
        raise VersionConflict
    mortgage.require_unreleased()
    after = replace(mortgage, version=version + 1, released_on=today)
    secret = release_secret(urn, command.release_number)
    return await _save(session, registry, title, after, "varied", command.legal_basis, secret)


async def cancel(
    session: AsyncSession, registry: Registry, caller: Principal, urn: str, version: int, command: api.CancelMortgage
) -> Record:
    """End a released mortgage, for an officer of its register or for one of the owners."""
    mortgage, released = await _find(session, urn)
    owner = caller.subject if caller.kind in OWN_WINDOW else None
    title = await registry.find(session, mortgage.authority if owner else caller.authority, mortgage.title)
    if owner and owner not in title.ownership.owners:
        raise NotFound
    if mortgage.version != version:
        raise VersionConflict
    return await _cancel(session, registry, title, mortgage, released, release_secret(urn, command.release_number))


async def pay_off(session: AsyncSession, registry: Registry, owner: str, urn: str, secret: bytes) -> Record:
    """The same at whatever version it is, for an owner only; NotFound for anybody else. ``secret``: see
    :func:`release_secret`."""
    mortgage, released = await _find(session, urn)
    title = await registry.find(session, mortgage.authority, mortgage.title)
    if owner not in title.ownership.owners:
        raise NotFound
    return await _cancel(session, registry, title, mortgage, released, secret)


async def _cancel(
    session: AsyncSession, registry: Registry, title: Title, mortgage: Mortgage, released: bytes | None, secret: bytes
) -> Record:
    mortgage.require_open()
    if released is None or not hmac.compare_digest(released, secret):
        raise ReleaseUnknown
    after = replace(mortgage, version=mortgage.version + 1, ended_on=registry.today())
    return await _save(session, registry, title, after, "ended", ACCESSORY)


async def _find(session: AsyncSession, urn: str) -> tuple[Mortgage, bytes | None]:
    found = await encumbrances.mortgage(session, urn)
    if found is None:
        raise NotFound
    return found


async def _save(
    session: AsyncSession,
    registry: Registry,
    title: Title,
    after: Mortgage,
    change: events.Change,
    legal_basis: str,
    secret: bytes | None = None,
) -> Record:
    await _touch(session, title)
    if not await encumbrances.save_mortgage(session, after, secret):
        raise VersionConflict
    record = events.mortgage_record(after, title.ownership, change, registry.today(), clock.now(), legal_basis)
    await registry.records.publish(session, record)
    return record


async def _touch(session: AsyncSession, title: Title) -> None:
    if not await titles.touch(session, title):
        raise VersionConflict


def release_secret(mortgage: str, number: str) -> bytes:
    """What is kept of a release number: who knows the number can be recognised, nobody can read it."""
    return blind(HOLDER, "mortgage.release", f"{mortgage} {number}")
