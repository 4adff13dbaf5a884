"""Link records, which tell the gateway who is who, and notices, which tell a sector what it must know of a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from onewindow_kit.records import Record

from identity.domain import law
from identity.events.envelopes import Subject, record
from identity.events.office import Office
from identity.tables import Organisation, OrganisationPseudonym, Person, Pseudonym

Party = Person | Organisation
Name = Pseudonym | OrganisationPseudonym
Current = Mapping[tuple[UUID, str], str]


@dataclass(frozen=True, slots=True)
class LinkWord:
    """What a party's link record says next. ``retired`` are pseudonyms that name nobody any more, after a split;
    ``gone`` what a person was named by who has been merged into another: the record ends with them."""

    party: Party
    change: str | None = None
    retired: Sequence[str] = ()
    gone: Sequence[Pseudonym] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A notice to one sector, under the sector's own pseudonym."""

    sector: str
    pseudonym: str
    on: date
    body: dict[str, Any]


def owner(name: Name) -> UUID:
    return name.organisation_id if isinstance(name, OrganisationPseudonym) else name.person_id


def link_record(office: Office, word: LinkWord, names: Sequence[Name], current: Current, at: datetime) -> Record:
    """The next version of a link record; ``party.link_version`` is raised already."""
    party = word.party
    listed = list(word.gone) or [name for name in names if owner(name) == party.id]
    listed.sort(key=lambda name: (name.sector, name.generation, name.pseudonym))
    body: dict[str, Any] = {
        "pseudonyms": [
            {"sector": name.sector, "pseudonym": name.pseudonym, "current": name.current and not word.gone}
            for name in listed
        ]
    }
    if isinstance(party, Person) and party.link_order:
        body |= {"order": party.link_order, "retired": sorted(word.retired)}
    if word.gone:
        gateway = next(name.pseudonym for name in word.gone if name.sector == "gateway" and name.current)
    else:
        gateway = current[party.id, "gateway"]
    if isinstance(party, Person):
        subject, whose = Subject(party.id, "person", party.birth_date), office
    else:
        subject, whose = Subject(party.id, "organisation", party.registered_on), office.company_register
    change = "created" if party.link_version == 1 else word.change or "varied"
    return record(
        whose,
        "link",
        party.link_urn,
        party.link_version,
        change,
        office.today(),
        at,
        law.EXCHANGE,
        [subject.named(gateway)],
        body,
        ended=bool(word.gone),
    )


def notice_record(office: Office, told: Told, at: datetime) -> Record:
    """A notice of its own, never a version of another."""
    record_type = f"notice-{told.sector}"
    subject = {
        "pseudonym": told.pseudonym,
        "role": "person",
        "from": told.on.isoformat(),
        "until": None,
        "part": None,
    }
    body = told.body
    if told.sector == "housing":
        body = {"name": None} | body  # the title register keeps the name as registered; null unless it changed
    urn = office.urn(record_type)
    return record(office, record_type, urn, 1, "created", told.on, at, law.EXCHANGE, [subject], body)
