"""The whole unit passes to others: owners and acquirers apply together (不动产登记暂行条例 14)."""

from collections.abc import Mapping, Sequence
from typing import Any

from onewindow_contracts.models import housing as officers
from onewindow_contracts.models import housing_applications as api
from onewindow_kit.cases import Case, Kind
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.problems import NothingChanged
from housing.domain.title import require_alive
from housing.service import transfer
from housing.service.applications import opening
from housing.service.parties import all_named, own_title
from housing.service.registry import OFFICE, Registry

BASIS = "不动产登记暂行条例 第十四条；民法典 第二百零九条"
REMEDY = "对决定不服的，可自收到之日起六十日内申请行政复议，或者六个月内提起行政诉讼。"


async def apply(session: AsyncSession, registry: Registry, owner: str, urn: str, command: api.ApplyForTransfer) -> Case:
    """What cannot be granted as it stands is refused now; what may change until the decision is asked again then."""
    await own_title(session, registry, urn, owner)
    found = await all_named(registry, [each.party for each in command.acquirers])
    cosigners = await all_named(registry, command.cosigners)
    persons = [each.pseudonym for each in found]
    today = registry.today()
    title = await registry.find(session, registry.office, urn, persons)
    title.require_disposable(today, agreed=[notice.urn for notice in title.notices])
    require_alive(persons, title.dead)
    wanted, content = opening.claims(owner, found, [each.share for each in command.acquirers])
    after = title.ownership.pass_on(wanted, command.ownership, today, family=command.family)
    if after == title.ownership:
        raise NothingChanged
    parties = dict.fromkeys((each for each in persons if each != owner), opening.ACQUIRER)
    parties |= opening.creditors(title, owner) | opening.signing(title, owner, cosigners, persons, registry) | parties
    return await opening.opened(
        session,
        registry,
        KIND.name,
        owner,
        title,
        {
            "cause": command.cause,
            "ownership": command.ownership,
            "family": command.family,
            "price_fen": command.price_fen,
            "acquirers": content,
        },
        parties,
    )


async def grant(registry: Registry, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> Sequence[str]:
    """The transfer, with the consents that the case brought together, by the rules of its day."""
    [urn] = case.concerns
    title = await registry.find(session, case.authority, urn)
    command = officers.TransferTitle(
        cause=case.content["cause"],
        ownership=case.content["ownership"],
        family=case.content["family"],
        owners=opening.acquirers(case),
        consents=opening.consenting(title, case),
        notice_consents=opening.protecting(title, case),
        mortgagee_consents=[m.urn for m in title.mortgages if m.mortgagee in case.people],
        price_fen=case.content["price_fen"],
        legal_basis=BASIS,
    )
    await transfer.transfer(session, registry, case.authority, urn, title.version, command, case.applied_on)
    return [urn]


KIND = Kind("transfer", OFFICE, BASIS, REMEDY, grant)
