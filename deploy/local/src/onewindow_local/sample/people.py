"""Persons and households of the sample, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

MALE, FEMALE = "1", "2"


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody from elsewhere lives here since `since`, with a residence permit granted for `ground` (job, home, schooling)
    and last endorsed on `endorsed_on`."""

    division: str
    address: str
    since: date
    ground: str
    granted_on: date
    endorsed_on: date


@dataclass(eq=False, slots=True)
class Person:
    """`sex` as GB/T 2261.1 has it, `standing` as the code list identity.standings; `ref` and sentences when named."""

    scheme: ClassVar[str] = "cn-id"
    number: str
    name: str
    sex: str
    born: date
    birth_division: str
    ethnic_group: str = "01"
    standing: str = "registered"
    died_on: date | None = None
    father: "Person | None" = None
    mother: "Person | None" = None
    spouse: "Person | None" = None
    married_on: date | None = None
    divorced_on: date | None = None
    stay: Stay | None = None
    card_issued_on: date | None = None
    ref: str = ""
    sentence: str = ""
    sentence_zh: str = ""

    def age(self, on: date) -> int:
        """Whole years on the day `on`."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))

    @property
    def living(self) -> bool:
        return self.died_on is None


@dataclass(eq=False, slots=True)
class Household:
    """`members` in the order in which they are entered, each with its relationship to the head (GB/T 4761).

    A household with an empty `code` stands in no register here: its people are elsewhere, unregistered or foreign.
    """

    code: str
    kind: str
    division: str
    neighbourhood: str
    address: str
    registered_on: date
    members: list[tuple[Person, str]] = field(default_factory=list)

    def persons(self) -> Iterator[Person]:
        return (person for person, _ in self.members)

    @property
    def head(self) -> Person:
        return next((person for person, relationship in self.members if relationship == "02"), self.members[0][0])

    def adults(self, on: date) -> list[Person]:
        return [person for person in self.persons() if person.living and person.age(on) >= 18]
