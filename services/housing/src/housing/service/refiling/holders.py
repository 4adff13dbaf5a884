"""Records of people who own nothing: creditors, objectors, beneficiaries, residents, those an offer is made to."""

from dataclasses import replace
from datetime import date

from onewindow_kit import clock
from onewindow_kit.problems import VersionConflict
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.mortgage import Mortgage
from housing.domain.offer import Offer
from housing.service.refiling.titles import BASIS
from housing.service.registry import Registry
from housing.store import encumbrances, offers, rights


async def urns_of(session: AsyncSession, registry: Registry, person: str) -> list[str]:
    """Mortgages of a creditor, rights of a holder, offers of a seller or another owner."""
    found = [*await encumbrances.mortgages_of(session, person), *await rights.held_by(session, person)]
    return sorted({each.urn for each in (*found, *await offers.of_person(session, person))})


async def refile(
    session: AsyncSession, registry: Registry, urn: str, old: str, new: str, change: events.Change, on: date
) -> bool:
    """The one who is named besides the owners goes by another name."""
    match urn.split(":")[3]:
        case "mortgage":
            await _mortgage(session, registry, urn, new, change, on)
        case "offer":
            await _offer(session, registry, urn, old, new, change, on)
        case "objection" | "advance-notice" | "residence-right":
            await _right(session, registry, urn, new, change, on)
        case _:
            return False
    return True


async def _mortgage(
    session: AsyncSession, registry: Registry, urn: str, new: str, change: events.Change, on: date
) -> None:
    found = await encumbrances.mortgage(session, urn)
    assert found is not None, "it was listed in this transaction or in a case"
    before: Mortgage = found[0]
    title = await registry.find(session, before.authority, before.title)
    after = replace(before, version=before.version + 1, mortgagee=new)
    if not await encumbrances.save_mortgage(session, after):
        raise VersionConflict
    record = events.mortgage_record(after, title.ownership, change, on, clock.now(), BASIS)
    await registry.records.publish(session, record)


async def _right(
    session: AsyncSession, registry: Registry, urn: str, new: str, change: events.Change, on: date
) -> None:
    before = await rights.find(session, urn)
    assert before is not None, "it was listed in this transaction or in a case"
    title = await registry.find(session, before.authority, before.title)
    after = replace(before, version=before.version + 1, **{rights.HOLDER[type(before)]: new})
    if not await rights.save(session, after):
        raise VersionConflict
    await registry.records.publish(session, events.right_record(after, title.ownership, change, on, clock.now(), BASIS))


async def _offer(
    session: AsyncSession, registry: Registry, urn: str, old: str, new: str, change: events.Change, on: date
) -> None:
    before: Offer | None = await offers.find(session, urn)
    assert before is not None, "it was listed in this transaction or in a case"
    answers = {new if owner == old else owner: said for owner, said in before.answers.items()}
    seller = new if before.seller == old else before.seller
    after = replace(before, version=before.version + 1, seller=seller, answers=answers)
    if not await offers.save(session, after):
        raise VersionConflict
    await registry.records.publish(session, events.offer_record(after, change, on, clock.now()))
