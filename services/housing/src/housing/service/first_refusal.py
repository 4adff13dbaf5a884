"""First refusal: opened when the buyer of a share agrees, answered by the other owners, closed by the last answer or
its last day. Who accepts buys at the same terms, several in proportion to their shares (Civil Code 305, 306)."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from onewindow_contracts.common import share_text
from onewindow_contracts.formats import parse_share
from onewindow_kit import clock
from onewindow_kit.cases import Case
from onewindow_kit.decide import OWN_WINDOW, Principal
from onewindow_kit.problems import Conflict, NotFound, VersionConflict
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.offer import Offer
from housing.service.applications import opening
from housing.service.registry import Registry
from housing.store import offers, people, published

KIND = "share-transfer"
USED = "其他共有人已在期限内行使优先购买权（民法典 第三百零五条）。"
DAY = timedelta(days=1)


async def consented(session: AsyncSession, registry: Registry, case: Case) -> None:
    """All parties of a case have agreed: a share on sale to an outsider is offered to the other owners now."""
    if case.kind != KIND or case.state != "pending" or case.content["cause"] != "purchase":
        return
    [urn] = case.concerns
    title = await registry.find(session, case.authority, urn)
    others = title.ownership.owners - {case.applicant}
    buyers = {each.pseudonym for each in opening.acquirers(case)}
    if not others or buyers <= title.ownership.owners:
        return
    today = registry.today()
    offer = Offer(
        urn=new_urn(case.authority, "offer"),
        version=1,
        title=urn,
        authority=case.authority,
        unit_code=title.unit_code,
        case=case.urn,
        seller=case.applicant,
        share=parse_share(case.content["share"]),
        price=case.content["price_fen"],
        opened_on=today,
        respond_by=registry.rules.refuse_by(case.applied_on, today),
        answers=dict.fromkeys(sorted(others - buyers), "asked"),
    )
    if not offer.answers:
        return
    await offers.add(session, offer)
    await registry.records.publish(session, events.offer_record(offer, "created", today, clock.now()))


async def answer(
    session: AsyncSession, registry: Registry, owner: str, urn: str, said: Literal["accepted", "waived"]
) -> Record:
    """One of the other owners accepts or waives; NotFound for anybody else."""
    offer = await offers.hold(session, urn)
    if offer is None:
        raise NotFound
    today = registry.today()
    title = await registry.find(session, offer.authority, offer.title)
    return await _save(session, registry, offer.answered(owner, said, today, title.ownership), today)


async def read(session: AsyncSession, registry: Registry, caller: Principal, urn: str) -> tuple[int, bytes]:
    """Version and envelope, for the seller, those to whom it is made, and the office; NotFound for anybody else."""
    offer = await offers.find(session, urn)
    found = await published.envelope(session, registry.records.sealer, urn, events.OFFER)
    if offer is None or found is None:
        raise NotFound
    if caller.kind in OWN_WINDOW and caller.subject not in {offer.seller, *offer.answers}:
        raise NotFound
    if caller.kind not in OWN_WINDOW and caller.authority != offer.authority:
        raise NotFound
    return found


async def lapse(session: AsyncSession, registry: Registry, on: date, limit: int) -> int:
    """Close the offers whose last day has passed; how many were due."""
    late = await offers.due(session, on, limit)
    for urn in late:
        offer = await offers.hold(session, urn)
        if offer is not None and offer.passed(on):
            title = await registry.find(session, offer.authority, offer.title)
            await _save(session, registry, offer.closed(offer.respond_by + DAY, title.ownership), on)
    return len(late)


async def withdraw(registry: Registry, session: AsyncSession, case: Case) -> None:
    """The sale is off."""
    offer = await offers.of_case(session, case.urn)
    if offer is not None and offer.state == "open":
        today = registry.today()
        await _save(session, registry, offer.withdrawn(today), today)


async def _save(session: AsyncSession, registry: Registry, offer: Offer, on: date) -> Record:
    if not await offers.save(session, offer):
        raise VersionConflict
    change: events.Change = "ended" if offer.closed_on else "varied"
    record = events.offer_record(offer, change, offer.closed_on or on, clock.now())
    await registry.records.publish(session, record)
    if offer.state == "accepted":
        await _sell(session, registry, offer, on)
    return record


async def _sell(session: AsyncSession, registry: Registry, offer: Offer, on: date) -> None:
    """The first sale ends; a second one, to those who accepted and at the same terms, goes to the office as soon as
    creditors and beneficiaries of notices agree to it. Where
    it could not be entered (the seller has no such share any more, the parts would be too fine) there is none."""
    first = await registry.cases.find(session, offer.case)
    title = await registry.find(session, offer.authority, offer.title)
    takers = offer.takers(title.ownership)
    await registry.cases.decide(registry, session, first.urn, first.version, granted=False, reason=USED, on=on)
    try:
        title.ownership.hand_over(offer.seller, offer.share, takers, on)
    except Conflict:
        return
    names = await people.names(session, offer.title)
    content = {
        "cause": "purchase",
        "share": share_text(offer.share),
        "price_fen": offer.price,
        "acquirers": [
            {"party": place, "name": names[claim.owner], "share": share_text(claim.share or Fraction(0))}
            for place, claim in enumerate(takers)
        ],
    }
    buyers = {claim.owner: opening.ACQUIRER for claim in takers}
    asked = opening.creditors(title, offer.seller) | opening.protected(title, offer.seller, list(buyers))
    case = await opening.opened(session, registry, KIND, offer.seller, title, content, buyers | asked | buyers)
    for owner in buyers:
        await registry.cases.consent(registry, session, case.urn, owner, on)
