"""One owner's share passes to others; sold to an outsider it is offered to the other owners first (305, 306)."""

from collections.abc import Mapping, Sequence
from typing import Any

from onewindow_contracts.common import share_text
from onewindow_contracts.models import housing as officers
from onewindow_contracts.models import housing_applications as api
from onewindow_kit.cases import Case, Kind
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.problems import FirstRefusalOpen
from housing.domain.title import require_alive
from housing.service import first_refusal, transfer
from housing.service.applications import opening
from housing.service.applications.transfer import REMEDY
from housing.service.parties import all_named, own_title
from housing.service.registry import OFFICE, Registry
from housing.store import offers

BASIS = "民法典 第三百零五、三百零六条；不动产登记暂行条例 第十四条"


async def apply(
    session: AsyncSession, registry: Registry, owner: str, urn: str, command: api.ApplyForShareTransfer
) -> Case:
    """The acquirers agree first; the offer to the other owners begins with their agreement."""
    await own_title(session, registry, urn, owner)
    found = await all_named(registry, [each.party for each in command.acquirers])
    persons = [each.pseudonym for each in found]
    today = registry.today()
    title = await registry.find(session, registry.office, urn, persons)
    title.require_disposable(today, agreed=[notice.urn for notice in title.notices])
    require_alive(persons, title.dead)
    wanted, content = opening.claims(owner, found, [each.share for each in command.acquirers])
    title.ownership.hand_over(owner, command.share, wanted, today)
    share = command.share or title.ownership.of(owner).share
    parties = dict.fromkeys(persons, opening.ACQUIRER)
    parties |= opening.creditors(title, owner) | opening.protected(title, owner, persons) | parties
    asks = {"cause": command.cause, "share": share and share_text(share), "price_fen": command.price_fen}
    sold = command.cause == "purchase" and not set(persons) <= title.ownership.owners
    everything = asks | {"acquirers": content}
    return await opening.opened(session, registry, KIND.name, owner, title, everything, parties, refusal=sold)


async def grant(registry: Registry, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> Sequence[str]:
    """The transfer of the share, once no other owner can come first any more."""
    [urn] = case.concerns
    title = await registry.find(session, case.authority, urn)
    offer = await offers.of_case(session, case.urn)
    if offer is not None and offer.state == "open":
        raise FirstRefusalOpen
    waived = () if offer is None else offer.answers
    command = officers.TransferShare(
        cause=case.content["cause"],
        giver=case.applicant,
        share=case.content["share"],
        owners=opening.acquirers(case),
        consented=True,
        waivers=sorted(title.ownership.owners.intersection(waived)),
        mortgagee_consents=[m.urn for m in title.mortgages if m.mortgagee in case.people],
        notice_consents=opening.protecting(title, case),
        price_fen=case.content["price_fen"],
        legal_basis=BASIS,
    )
    await transfer.transfer_share(session, registry, case.authority, urn, title.version, command, case.applied_on)
    return [urn]


KIND = Kind("share-transfer", OFFICE, BASIS, REMEDY, grant, ended=first_refusal.withdraw)
