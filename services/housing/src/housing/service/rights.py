"""Rights beside a title: objections, advance notices and residence rights are entered, changed and ended."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import TypeVar

from onewindow_contracts.models import housing_rights as api
from onewindow_kit import clock
from onewindow_kit.decide import OWN_WINDOW, Principal
from onewindow_kit.problems import NotFound, VersionConflict
from onewindow_kit.pseudonyms import is_organisation
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.advance_notice import AdvanceNotice
from housing.domain.objection import Objection
from housing.domain.problems import NaturalPersonRequired
from housing.domain.residence_right import ResidenceRight
from housing.domain.title import Title, not_after, require_alive
from housing.service.registry import Registry, require_housing
from housing.store import rights, titles

R = TypeVar("R", Objection, AdvanceNotice, ResidenceRight)
Given = TypeVar("Given", AdvanceNotice, ResidenceRight)


async def object_to(session: AsyncSession, registry: Registry, title: Title, objector: str, legal_basis: str) -> Record:
    """Enter an objection; whoever acquires from now on has been warned."""
    require_housing([objector])
    title.require_open()
    today = registry.today()
    objection = Objection(
        urn=new_urn(title.authority, "objection"),
        version=1,
        title=title.urn,
        authority=title.authority,
        unit_code=title.unit_code,
        objector=objector,
        registered_on=today,
        holds_until=today + timedelta(days=registry.rules.law(today).objection_days),
    )
    return await _enter(session, registry, title, objection, legal_basis)


async def note_suit(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.NoteSuit
) -> Record:
    """The objector went to court in time: until the court has decided nobody disposes."""
    objection, title = await _find(session, registry, Objection, urn, version, authority)
    after = objection.sued(not_after(command.suit_on, registry.today()))
    return await _save(session, registry, title, after, "varied", command.suit_on, command.legal_basis)


async def end_objection(
    session: AsyncSession, registry: Registry, caller: Principal, urn: str, version: int, command: api.EndObjection
) -> Record:
    """The court has decided, or the objector gave up; an objector can do no more than give up."""
    objection, title = await _own(session, registry, Objection, urn, version, caller)
    ending = "withdrawn" if caller.kind in OWN_WINDOW else command.ending
    after = objection.ended(ending, registry.today())
    return await _save(session, registry, title, after, "ended", registry.today(), command.legal_basis)


async def give_notice(
    session: AsyncSession,
    registry: Registry,
    title: Title,
    beneficiary: str,
    consents: Collection[str],
    legal_basis: str,
    applied_on: date | None = None,
    agreed: Collection[str] = (),
) -> Record:
    """Enter an advance notice: a disposal, because it binds the owners. ``title`` was read asking for the beneficiary."""
    today = registry.today()
    require_housing([beneficiary, *consents])
    title.require_disposable(today, [beneficiary], agreed)
    title.ownership.require_consent(consents, registry.rules.law(applied_on or today), [beneficiary])
    require_alive([beneficiary], title.dead)
    notice = AdvanceNotice(
        urn=new_urn(title.authority, "advance-notice"),
        version=1,
        title=title.urn,
        authority=title.authority,
        unit_code=title.unit_code,
        beneficiary=beneficiary,
        registered_on=today,
    )
    return await _enter(session, registry, title, notice, legal_basis)


async def note_registrable(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.NoteRegistrable
) -> Record:
    """The right itself can be registered from a day on; the notice protects for the law's days since."""
    notice, title = await _find(session, registry, AdvanceNotice, urn, version, authority)
    day = not_after(command.registrable_on, registry.today())
    after = notice.registrable(day, registry.rules.law(day).advance_notice_days)
    return await _save(session, registry, title, after, "varied", day, command.legal_basis)


async def grant_residence(
    session: AsyncSession,
    registry: Registry,
    title: Title,
    resident: str,
    until: date | None,
    consents: Collection[str],
    legal_basis: str,
    applied_on: date | None = None,
    agreed: Collection[str] = (),
) -> Record:
    """Enter a residence right: in a dwelling, for a human being, with the owners' consent as for any disposal."""
    today = registry.today()
    require_housing([resident, *consents])
    if is_organisation(resident):
        raise NaturalPersonRequired
    registry.rules.require_dwelling(title.use, applied_on or today)
    title.require_disposable(today, agreed=agreed)
    title.ownership.require_consent(consents, registry.rules.law(applied_on or today))
    require_alive([resident], title.dead)
    right = ResidenceRight(
        urn=new_urn(title.authority, "residence-right"),
        version=1,
        title=title.urn,
        authority=title.authority,
        unit_code=title.unit_code,
        resident=resident,
        registered_on=today,
        until=until,
    )
    return await _enter(session, registry, title, right, legal_basis)


async def cancel(
    session: AsyncSession,
    registry: Registry,
    kind: type[Given],
    caller: Principal,
    urn: str,
    version: int,
    legal_basis: str,
) -> Record:
    """By the office, or by the one who has the right alone; to anybody else it does not exist."""
    right, title = await _own(session, registry, kind, urn, version, caller)
    after = right.ended("cancelled", registry.today())
    return await _save(session, registry, title, after, "ended", registry.today(), legal_basis)


async def end(session: AsyncSession, registry: Registry, after: events.Right, on: date, legal_basis: str) -> None:
    """A right that ended by itself."""
    title = await registry.find(session, after.authority, after.title)
    await _save(session, registry, title, after, "ended", on, legal_basis)


async def _find(
    session: AsyncSession, registry: Registry, kind: type[R], urn: str, version: int, authority: str | None
) -> tuple[R, Title]:
    found = await rights.find(session, urn)
    if not isinstance(found, kind):
        raise NotFound
    title = await registry.find(session, authority or found.authority, found.title)
    if found.version != version:
        raise VersionConflict
    return found, title


async def _own(
    session: AsyncSession, registry: Registry, kind: type[R], urn: str, version: int, caller: Principal
) -> tuple[R, Title]:
    """For the office as :func:`_find`; for anybody else only what is theirs, else NotFound before anything is told."""
    own = caller.kind in OWN_WINDOW
    if own:
        found = await rights.find(session, urn)
        if not isinstance(found, kind) or getattr(found, rights.HOLDER[kind]) != caller.subject:
            raise NotFound
    return await _find(session, registry, kind, urn, version, None if own else caller.authority or "")


async def _enter(
    session: AsyncSession, registry: Registry, title: Title, right: events.Right, legal_basis: str
) -> Record:
    if not await titles.touch(session, title):
        raise VersionConflict
    await rights.add(session, right)
    day = right.registered_on
    record = events.right_record(right, title.ownership, "created", day, clock.now(), legal_basis)
    await registry.records.publish(session, record)
    return record


async def _save(
    session: AsyncSession,
    registry: Registry,
    title: Title,
    after: events.Right,
    change: events.Change,
    effective_on: date,
    legal_basis: str,
) -> Record:
    if not await titles.touch(session, title) or not await rights.save(session, after):
        raise VersionConflict
    record = events.right_record(after, title.ownership, change, effective_on, clock.now(), legal_basis)
    await registry.records.publish(session, record)
    return record
