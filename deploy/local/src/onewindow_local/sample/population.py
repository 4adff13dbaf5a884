"""A city's households, one after another: the same seed and day give the same city, however many are asked for.

Ages, marriages and children hang together: couples are about the same age, mothers were 20 to 40 at a birth, children
carry the father's name, the old live alone or with a grown child.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from onewindow_local.sample import places
from onewindow_local.sample.names import given_name, surname
from onewindow_local.sample.numbers import Numbers
from onewindow_local.sample.people import FEMALE, MALE, Household, Person

HEAD, SPOUSE, SON, DAUGHTER, FATHER, MOTHER, OTHER = "02", "10", "20", "30", "51", "52", "99"
_KINDS = {"single": 22, "couple": 22, "family": 34, "three generations": 10, "old": 9, "collective": 3}
_ETHNIC = {"01": 970, "03": 8, "11": 6, "15": 6, "06": 5, "13": 3, "08": 2}


class Population:
    """Households drawn by `seed`, with ages as of the day `on`."""

    def __init__(self, seed: int, on: date, numbers: Numbers) -> None:
        self.chance = random.Random(f"onewindow:{seed}")
        self.on = on
        self.numbers = numbers
        self._count = 0

    def households(self, people: int) -> Iterator[Household]:
        """As many as it takes to reach `people` persons; the last may bring one or a few more than asked for."""
        made = 0
        while made < people:
            household = self._household()
            made += len(household.members)
            yield household

    def person(self, years: float, sex: str, family: str | None = None, division: str | None = None) -> Person:
        """A person of about `years` (fractions count) with a number, a name and, from 16, a card."""
        chance = self.chance
        born = self.on - timedelta(days=int(years * 365.25) + chance.randint(0, 180))
        home = division or (places.district(chance) if chance.random() < 0.7 else chance.choice(places.ELSEWHERE))
        person = Person(
            number=self.numbers.allot(home, born, sex),
            name=(family or surname(chance)) + given_name(chance, sex),
            sex=sex,
            born=born,
            birth_division=home,
            ethnic_group=chance.choices(list(_ETHNIC), list(_ETHNIC.values()))[0],
        )
        if years >= 16:
            term = 5 if years < 26 else 15
            since = max(born + timedelta(days=365 * 16 + 10), self.on - timedelta(days=chance.randint(30, 365 * term)))
            # Issued under 26 it ran for ten years, and was renewed when they were over.
            over = since + timedelta(days=3652)
            young = (since - born).days < 26 * 365.25
            person.card_issued_on = over if young and over <= self.on else since
        return person

    def home(self, kind: str = "family", division: str | None = None) -> Household:
        """An empty household with a place."""
        self._count += 1
        division = division or places.district(self.chance)
        return Household(
            code=f"{division}{self._count:08d}",
            kind=kind,
            division=division,
            neighbourhood=places.neighbourhood(division, self.chance),
            address=places.address(self.chance),
            registered_on=self.on - timedelta(days=self.chance.randint(200, 7000)),
        )

    def couple(self, years: float, wife_at_least: float = 23) -> tuple[Person, Person]:
        """Husband and wife of about `years`, married when they were between 22 and 32."""
        husband = self.person(years, MALE)
        wife = self.person(max(wife_at_least, years - self.chance.triangular(-4, 8, 2)), FEMALE)
        self.marry(husband, wife)
        return husband, wife

    def marry(self, husband: Person, wife: Person) -> None:
        """Both were 22 by then, and some years have passed."""
        youngest = max(husband.born, wife.born)
        earliest = youngest + timedelta(days=int(22.1 * 365.25))
        latest = max(earliest, min(self.on - timedelta(days=60), youngest + timedelta(days=32 * 365)))
        wife.spouse = husband
        wife.married_on = earliest + timedelta(days=self.chance.randint(0, max(0, (latest - earliest).days)))

    def child(self, father: Person, mother: Person, years: float) -> Person:
        """A child of both, of about `years`."""
        child = self.person(years, self.chance.choice((MALE, FEMALE)), father.name[0], division=None)
        child.father, child.mother = father, mother
        child.ethnic_group = self.chance.choice((father.ethnic_group, mother.ethnic_group))
        return child

    def _household(self) -> Household:
        kind = self.chance.choices(list(_KINDS), list(_KINDS.values()))[0]
        household = self.home("collective" if kind == "collective" else "family")
        chance = self.chance
        match kind:
            case "single":
                household.members.append((self.person(chance.triangular(18, 60, 28), self._any_sex()), HEAD))
            case "couple":
                husband, wife = self.couple(chance.triangular(25, 70, 33))
                household.members += [(husband, HEAD), (wife, SPOUSE)]
            case "family":
                self._family(household, chance.triangular(28, 58, 38))
            case "three generations":
                self._three_generations(household)
            case "old":
                self._old(household)
            case _:
                household.members.append((self.person(chance.triangular(18, 30, 20), self._any_sex()), HEAD))
                for _ in range(chance.randint(2, 6)):
                    household.members.append((self.person(chance.triangular(18, 30, 20), self._any_sex()), OTHER))
        for member in household.persons():
            household.registered_on = max(household.registered_on, min(member.born, household.head.born))
        return household

    def _family(self, household: Household, years: float) -> tuple[Person, Person]:
        husband, wife = self.couple(years)
        household.members += [(husband, HEAD), (wife, SPOUSE)]
        mother_years = (self.on - wife.born).days / 365.25
        age = mother_years - self.chance.triangular(21, 38, 27)
        for _ in range(self.chance.choices((1, 2, 3), (55, 38, 7))[0]):
            if 0.6 <= age < 30 and mother_years - age < 43:
                child = self.child(husband, wife, age)
                household.members.append((child, SON if child.sex == MALE else DAUGHTER))
            age -= self.chance.triangular(1.8, 7, 3)
        return husband, wife

    def _three_generations(self, household: Household) -> None:
        years = self.chance.triangular(30, 48, 38)
        grandfather, grandmother = self.couple(years + self.chance.triangular(22, 32, 26), years + 21)
        husband, _ = self._family(household, years)
        husband.father, husband.mother = grandfather, grandmother
        husband.name = grandfather.name[0] + husband.name[1:]
        for person, _ in household.members[2:]:
            person.name = husband.name[0] + person.name[1:]
        # Before their children: a line of the file may name those before it.
        household.members[:0] = [(grandfather, FATHER), (grandmother, MOTHER)]

    def _old(self, household: Household) -> None:
        years = self.chance.triangular(66, 92, 74)
        if self.chance.random() < 0.5:
            husband, wife = self.couple(years)
            household.members += [(husband, HEAD), (wife, SPOUSE)]
        else:
            household.members.append((self.person(years, self._any_sex()), HEAD))

    def _any_sex(self) -> str:
        return self.chance.choice((MALE, FEMALE))
