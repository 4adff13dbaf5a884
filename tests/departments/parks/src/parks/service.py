"""The use cases: each in its caller's transaction; nothing here commits."""

from dataclasses import dataclass

from onewindow_contracts.loader import Contracts
from onewindow_kit import clock
from onewindow_kit.decide import Principal
from onewindow_kit.problems import NotFound, VersionConflict
from onewindow_kit.records import Record, Records, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from parks import events, store
from parks.domain import Allotment, AllotmentTaken, ForeignPseudonym


@dataclass(frozen=True, slots=True)
class Desk:
    """What every use case needs besides a session; one per process."""

    records: Records
    contracts: Contracts
    time_zone: str


async def grant(session: AsyncSession, desk: Desk, authority: str, holder: str, plot: str) -> Record:
    """Let a plot that nobody holds to a person, named by the pseudonym of this sector."""
    if not holder.startswith("parks."):
        raise ForeignPseudonym
    if await store.taken(session, plot):
        raise AllotmentTaken
    today = clock.today(desk.time_zone)
    rent = desk.contracts.parameter("parks.yearly-rent", today)
    allotment = Allotment(new_urn(authority, "allotment"), 1, authority, holder, plot, "vegetable", rent, today)
    await store.insert(session, allotment)
    record = events.allotment_record(allotment, "created", today, clock.now())
    await desk.records.publish(session, record)
    return record


async def end(session: AsyncSession, desk: Desk, caller: Principal, urn: str, version: int) -> Record:
    """Give a plot back, for its office or for its holder; to anybody else it does not exist."""
    allotment = await store.find(session, urn)
    if allotment is None or caller.subject not in (allotment.holder, allotment.authority):
        raise NotFound
    if allotment.version != version:
        raise VersionConflict
    today = clock.today(desk.time_zone)
    after = allotment.given_back(today, desk.contracts.parameter("parks.notice-days", today))
    if not await store.save(session, after):
        raise VersionConflict
    record = events.allotment_record(after, "ended", today, clock.now())
    await desk.records.publish(session, record)
    return record
