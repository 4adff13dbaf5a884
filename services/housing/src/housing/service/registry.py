"""The registry's means, and the steps that its use cases share: find a title, enter a change, tell the world."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from onewindow_kit import clock
from onewindow_kit.cases import Cases
from onewindow_kit.problems import NotFound, VersionConflict
from onewindow_kit.pseudonyms import IdentityClient
from onewindow_kit.records import Record, Records
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.certificate import written
from housing.domain.problems import ForeignPseudonym
from housing.domain.title import Title
from housing.service import following
from housing.service.rules import Rules
from housing.store import titles

SECTOR = "housing"
OFFICE = "title-registry"


@dataclass(frozen=True, slots=True)
class Registry:
    """What every use case needs besides a session; one per process."""

    records: Records
    rules: Rules
    time_zone: str
    cases: Cases
    identity: IdentityClient | None = None

    @property
    def office(self) -> str:
        """The id of the title registry."""
        return f"{self.records.instance}.{OFFICE}"

    def today(self) -> date:
        """The legal day at the office."""
        return clock.today(self.time_zone)

    async def find(
        self, session: AsyncSession, authority: str | None, urn: str, persons: Collection[str] = ()
    ) -> Title:
        """A title of ``authority``'s register as it is; NotFound for any other."""
        title = await titles.load(session, urn, persons)
        if title is None or title.authority != authority:
            raise NotFound
        return title

    async def find_at(
        self, session: AsyncSession, authority: str, urn: str, version: int, persons: Collection[str] = ()
    ) -> Title:
        """The same at the version that the caller read; VersionConflict at another."""
        require_housing(persons)
        title = await self.find(session, authority, urn, persons)
        if title.version != version:
            raise VersionConflict
        return title

    async def find_to_reissue(
        self, session: AsyncSession, authority: str, urn: str, version: int, persons: Collection[str] = ()
    ) -> tuple[Title, str]:
        """The same with the number of the new certificate that its owners will get."""
        require_housing(persons)
        found = await titles.load_drawing(session, urn, persons)
        if found is None or found[0].authority != authority:
            raise NotFound
        title, number = found
        if title.version != version:
            raise VersionConflict
        return title, written(self.rules.certificate_form(self.today()), number)

    async def enter(
        self,
        session: AsyncSession,
        before: Title,
        after: Title,
        change: events.Change,
        effective_on: date,
        legal_basis: str,
        names: Mapping[str, str] | None = None,
    ) -> Record:
        """Store ``after`` as the next version of ``before`` and publish it, with all that lies on it when the owners are
        others: it follows the unit. VersionConflict when somebody was faster."""
        after = replace(after, version=before.version + 1)
        if not await titles.save(session, before, after, names or {}, effective_on):
            raise VersionConflict
        now = clock.now()
        record = events.title_record(after, change, effective_on, now, legal_basis)
        followers: list[Record] = []
        if after.ownership != before.ownership or after.ended_on:
            followers = await following.follow(session, before, after, effective_on, legal_basis)
        await self.records.publish(session, record, *followers)
        return record


def require_housing(persons: Collection[str]) -> None:
    """Persons are named here by the pseudonyms of this sector and of no other."""
    if not all(person.startswith(f"{SECTOR}.") for person in persons):
        raise ForeignPseudonym
