"""One officer's desk: what every use case needs, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import orjson
from onewindow_contracts.models import identity as api
from onewindow_kit.cases import Cases
from onewindow_kit.clock import now
from onewindow_kit.problems import VersionConflict
from onewindow_kit.pseudonyms import is_organisation
from onewindow_kit.records import random_id
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.domain.births import not_in_future
from identity.domain.organisation_refusals import NaturalPersonRequired
from identity.domain.problems import PersonNotFound
from identity.domain.standing import Standing
from identity.events import Changes, Office
from identity.service.rules import Rules
from identity.store import persons
from identity.tables import Papers, Person

SECTOR = "identity"


@dataclass
class Desk:
    """``client`` is who works here, for the papers; ``officer`` the person at it, where the office's token names one."""

    session: AsyncSession
    office: Office
    rules: Rules
    client: str
    changes: Changes
    cases: Cases
    officer: str | None = None

    @property
    def actor(self) -> str:
        """Who acts: an officer's id means something within the office that vouches for it."""
        return self.client if self.officer is None else f"{self.client}|{self.officer}"

    @property
    def today(self) -> date:
        return self.office.today()

    def day(self, stated: date | None) -> date:
        """The stated day, today when left out; never in the future."""
        return self.today if stated is None else not_in_future(stated, self.today)

    async def person(self, pseudonym: str, *, lock: bool = True) -> Person:
        """The person of an identity pseudonym, held until the end of the transaction; PersonNotFound.

        NaturalPersonRequired for an organisation's, which its form gives away.
        """
        if is_organisation(pseudonym):
            raise NaturalPersonRequired
        person = None
        if pseudonym.startswith(f"{SECTOR}."):
            person = await persons.by_pseudonym(self.session, pseudonym, lock=lock)
        if person is None:
            raise PersonNotFound
        return person

    async def person_at(self, pseudonym: str, version: int) -> Person:
        """The same, at the version that the caller read; VersionConflict."""
        person = await self.person(pseudonym)
        at_version(person, version)
        return person

    def keep(self, person: Person, about: str, evidence: list[api.Evidence], **more: str | None) -> None:
        """Keep the papers that a change rests on, sealed."""
        content = {"evidence": [e.model_dump(mode="json") for e in evidence], **more}
        self.session.add(
            Papers(
                id=random_id(),
                person_id=person.id,
                about=about,
                content=orjson.dumps(content).decode(),
                client=self.actor,
                recorded_at=now(),
            )
        )


def at_version(row: object, version: int) -> None:
    """VersionConflict unless the row is still as the caller read it."""
    if row.version != version:  # type: ignore[attr-defined]  # every record row has one
        raise VersionConflict


def standing(person: Person) -> Standing:
    return Standing(person.standing)
