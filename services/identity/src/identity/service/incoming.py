"""A row of a file of persons, after each of its fields was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(slots=True)
class Incoming:
    """A row as the file says it, checked field by field."""

    scheme: str
    number: str
    name: str
    sex: str
    birth_date: date
    ethnic_group: str | None
    birth_division: str | None
    standing: str
    died_on: date | None
    household_code: str | None
    household_kind: str
    relationship: str | None
    division: str | None
    neighbourhood: str | None
    address: str | None
    registered_on: date | None
    father: str | None
    mother: str | None
    spouse: str | None
    married_on: date | None
    card_issued_on: date | None
    divorced_on: date | None = None
    stay_division: str | None = None
    stay_address: str | None = None
    stay_since: date | None = None
    permit_ground: str | None = None
    permit_granted_on: date | None = None
    permit_endorsed_on: date | None = None

    @property
    def since(self) -> date:
        return self.registered_on or self.birth_date
