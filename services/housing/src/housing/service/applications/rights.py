"""Residence rights and advance notices by both parties; objections and other names by one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from onewindow_contracts.models import housing_applications as api
from onewindow_kit.cases import Case, Kind
from onewindow_kit.problems import NotFound
from onewindow_kit.pseudonyms import is_organisation
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.problems import DatesOutOfOrder, NaturalPersonRequired, NothingChanged
from housing.domain.title import Title, require_alive
from housing.service import rights
from housing.service.applications import opening
from housing.service.applications.transfer import REMEDY
from housing.service.parties import Named, OtherParty, all_named, named, own_title
from housing.service.registry import OFFICE, Registry
from housing.store import people, published, titles

RESIDENCE = "民法典 第三百六十六至三百六十八条"
NOTICE = "民法典 第二百二十一条"
OBJECTION = "民法典 第二百二十条"
RENAMING = "不动产登记暂行条例 第十四条第二款第四项"


async def apply_for_residence(
    session: AsyncSession, registry: Registry, owner: str, urn: str, command: api.ApplyForResidenceRight
) -> Case:
    """For a human being, in a dwelling; the later resident agrees."""
    title, other, cosigners = await _with(session, registry, owner, urn, command.resident, command.cosigners)
    today = registry.today()
    if is_organisation(other.pseudonym):
        raise NaturalPersonRequired
    registry.rules.require_dwelling(title.use, today)
    if command.until and command.until < today:
        raise DatesOutOfOrder
    parties = {other.pseudonym: opening.RESIDENT}
    parties |= opening.signing(title, owner, cosigners, [], registry) | parties
    content = {"until": command.until and command.until.isoformat()}
    return await opening.opened(session, registry, RESIDENCE_KIND.name, owner, title, content, parties)


async def grant_residence(
    registry: Registry, session: AsyncSession, case: Case, answer: Mapping[str, Any]
) -> Sequence[str]:
    """The residence right is entered."""
    [urn], resident = case.concerns, case.parties[0].pseudonym
    title = await registry.find(session, case.authority, urn, [resident])
    until = case.content["until"] and date.fromisoformat(case.content["until"])
    consents, agreed = opening.consenting(title, case), opening.protecting(title, case)
    record = await rights.grant_residence(
        session, registry, title, resident, until, consents, RESIDENCE, case.applied_on, agreed
    )
    return [record.urn]


async def apply_for_notice(
    session: AsyncSession, registry: Registry, owner: str, urn: str, command: api.ApplyForAdvanceNotice
) -> Case:
    """The beneficiary agrees; who is protected by an older notice agrees too."""
    title, other, cosigners = await _with(session, registry, owner, urn, command.beneficiary, command.cosigners)
    parties = {other.pseudonym: opening.BENEFICIARY}
    parties |= opening.signing(title, owner, cosigners, [other.pseudonym], registry) | parties
    return await opening.opened(session, registry, NOTICE_KIND.name, owner, title, {}, parties)


async def grant_notice(
    registry: Registry, session: AsyncSession, case: Case, answer: Mapping[str, Any]
) -> Sequence[str]:
    """The advance notice is entered."""
    [urn], beneficiary = case.concerns, case.parties[0].pseudonym
    title = await registry.find(session, case.authority, urn, [beneficiary])
    consents, agreed = opening.consenting(title, case), opening.protecting(title, case)
    record = await rights.give_notice(session, registry, title, beneficiary, consents, NOTICE, case.applied_on, agreed)
    return [record.urn]


async def object_to(session: AsyncSession, registry: Registry, objector: str, command: api.ObjectToTitle) -> Case:
    """Whoever says that the register is wrong names the unit; the office looks at the ground."""
    title = await of_unit(session, registry, command.unit_code)
    return await opening.opened(session, registry, OBJECTION_KIND.name, objector, title, {"ground": command.ground})


async def grant_objection(
    registry: Registry, session: AsyncSession, case: Case, answer: Mapping[str, Any]
) -> Sequence[str]:
    """The objection is entered and begins to run."""
    title = await registry.find(session, case.authority, case.concerns[0])
    return [(await rights.object_to(session, registry, title, case.applicant, OBJECTION)).urn]


async def apply_for_renaming(
    session: AsyncSession, registry: Registry, owner: str, urn: str, command: api.ApplyForRenaming
) -> Case:
    """An owner's name has changed."""
    await own_title(session, registry, urn, owner)
    title = await registry.find(session, registry.office, urn)
    title.require_open()
    if (await people.names(session, urn))[owner] == command.name:
        raise NothingChanged
    return await opening.opened(session, registry, RENAMING_KIND.name, owner, title, {"name": command.name})


async def grant_renaming(
    registry: Registry, session: AsyncSession, case: Case, answer: Mapping[str, Any]
) -> Sequence[str]:
    """Certificates name the owner by the new name from now on."""
    [urn] = case.concerns
    title = await registry.find(session, case.authority, urn)
    title.require_open()
    title.ownership.of(case.applicant)
    await titles.rename(session, urn, case.applicant, case.content["name"])
    await registry.enter(session, title, replace(title, entry="variation"), "varied", registry.today(), RENAMING)
    return [urn]


async def of_unit(session: AsyncSession, registry: Registry, unit_code: str) -> Title:
    """The title in force of a unit; NotFound for any other code."""
    urn = await published.unit_in_force(session, unit_code, registry.office)
    if urn is None:
        raise NotFound
    return await registry.find(session, registry.office, urn)


async def _with(
    session: AsyncSession, registry: Registry, owner: str, urn: str, other: OtherParty, cosigners: list[OtherParty]
) -> tuple[Title, Named, list[Named]]:
    """The title that ``owner`` wants to burden for somebody who is alive, and the owners named to sign."""
    await own_title(session, registry, urn, owner)
    who, signing = await named(registry, other), await all_named(registry, cosigners)
    title = await registry.find(session, registry.office, urn, [who.pseudonym])
    title.require_disposable(registry.today(), agreed=[notice.urn for notice in title.notices])
    require_alive([who.pseudonym], title.dead)
    return title, who, signing


RESIDENCE_KIND = Kind("residence-right", OFFICE, RESIDENCE, REMEDY, grant_residence)
NOTICE_KIND = Kind("advance-notice", OFFICE, NOTICE, REMEDY, grant_notice)
OBJECTION_KIND = Kind("objection", OFFICE, OBJECTION, REMEDY, grant_objection)
RENAMING_KIND = Kind("renaming", OFFICE, RENAMING, REMEDY, grant_renaming)
