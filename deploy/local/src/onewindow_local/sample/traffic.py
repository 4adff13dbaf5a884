"""Licences, cars, parking permits and violations of the sample: who drives by age, who owns a car by household."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from onewindow_local.sample.homes import BANKS
from onewindow_local.sample.numbers import vehicle_number
from onewindow_local.sample.people import Household, Person
from onewindow_local.sample.work import Firm

# Parking zone of each district that has one (code list transport.parking-zones).
ZONES = {
    "330102": "SC-1", "330105": "GS-1", "330106": "XH-1", "330108": "BJ-1", "330109": "XS-1",
    "330110": "YH-1", "330111": "FY-1", "330112": "LA-1", "330113": "LP-1", "330114": "QT-1",
}  # fmt: skip
_MAKERS = (
    ("LVT", "VT70A", "钱塘", "QT7200", "A"),
    ("LWH", "WH15B", "望湖", "WH7150", "A"),
    ("LVF", "VF60E", "青枫", "QF7000BEV", "C"),
)
# Violations and how often each happens among all.
_KINDS = ("parking", "wrong-lane", "crosswalk", "phone", "red-light", "lights")
_OFTEN = (45, 20, 12, 9, 8, 6)
_YEARS = "ABCDEFGHJKLMNPRSTVWXY"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
MOTORWAY_AGE = 18
VIOLATIONS_AT_MOST = 300
"""About as many stand on file however large the city: an office settles them one by one."""


@dataclass(slots=True)
class Licence:
    """`first_issued_on` fixes the present term: six years, then ten, then without limit."""

    holder: Person
    file_number: str
    classes: list[str]
    first_issued_on: date
    state: str = "valid"

    def present_term(self, on: date) -> tuple[str, date, date | None]:
        """Term, first day and last day (None: without limit) of the term in force on the day `on`."""
        second, third = _years_after(self.first_issued_on, 6), _years_after(self.first_issued_on, 16)
        if on < second:
            return "first", self.first_issued_on, second
        return ("second", second, third) if on < third else ("unlimited", third, None)


@dataclass(slots=True)
class Car:
    """`permit_zone` when its owner has a residential parking permit, `mortgagee` (name, code) while a loan runs."""

    owner: Person | Firm
    vin: str
    plate: str
    plate_type: str
    make: str
    model: str
    colour: str
    energy: str
    registered_on: date
    permit_zone: str | None = None
    mortgagee: tuple[str, str] | None = None


@dataclass(slots=True)
class Violation:
    """`kind` as transport.violation-kinds; `state` recorded, accepted or paid, with the days of both."""

    car: Car
    driver: Person
    kind: str
    on: date
    place: str
    document: str
    state: str = "paid"
    accepted_on: date | None = None
    paid_on: date | None = None


class Traffic:
    """Draws licences and cars for a household."""

    def __init__(self, chance: random.Random, on: date) -> None:
        self.chance = chance
        self.on = on
        self._licences = 0
        self._cars = 0
        # A stream of its own: it comes as far as another day, and what else is drawn must not depend on that.
        self._police = random.Random(f"police:{chance.random()}")
        self._documents = 0

    def licences(self, household: Household) -> list[Licence]:
        return [
            self.licence(person)
            for person in household.adults(self.on)
            if self.chance.random() < _drives(person.age(self.on))
        ]

    def licence(self, person: Person) -> Licence:
        """First issued between 18 and 40, in the years since licences look as they do now."""
        self._licences += 1
        earliest = max(person.born.year + MOTORWAY_AGE + 1, 1990)
        latest = min(person.born.year + 40, self.on.year - 1)
        year = self.chance.randint(earliest, max(earliest, latest))
        issued = min(date(year, self.chance.randint(1, 12), self.chance.randint(1, 28)), self.on)
        return Licence(
            holder=person,
            file_number=f"3301{self._licences:08d}",
            classes=[self.chance.choices(("C1", "C2", "B2", "A1"), (70, 24, 4, 2))[0]],
            first_issued_on=issued,
        )

    def cars(self, household: Household, licences: list[Licence]) -> list[Car]:
        """At most two, and only where somebody drives."""
        if not licences or household.kind == "collective":
            return []
        number = self.chance.choices((0, 1, 2), (35, 55, 10))[0]
        return [self.car(household, licences[index % len(licences)]) for index in range(number)]

    def car(self, household: Household, licence: Licence) -> Car:
        """A car of the licence's holder, with a permit where the household's district has a zone."""
        chance = self.chance
        self._cars += 1
        maker, code, make, model, energy = chance.choice(_MAKERS)
        earliest = max(licence.first_issued_on.year, self.on.year - 14)
        year = chance.randint(earliest, self.on.year - 1) if earliest < self.on.year else self.on.year
        registered = max(date(year, chance.randint(1, 12), chance.randint(1, 28)), licence.first_issued_on)
        return Car(
            owner=licence.holder,
            vin=vehicle_number(maker, code, _YEARS[year % len(_YEARS)], self._cars % 10**6),
            plate=self._plate(electric=energy == "C"),
            plate_type="52" if energy == "C" else "02",
            make=make,
            model=model,
            colour=chance.choice("ABEHJ"),
            energy=energy,
            registered_on=min(registered, self.on),
            permit_zone=ZONES.get(household.division) if chance.random() < 0.4 else None,
            mortgagee=chance.choice(BANKS) if self.on.year - year <= 3 and chance.random() < 0.3 else None,
        )

    def violations(self, car: Car, day: date) -> list[Violation]:
        """Of the twelve months before `day`: none for most, the older ones paid."""
        chance = self._police
        found: list[Violation] = []
        if self._documents >= VIOLATIONS_AT_MOST:
            return found
        for _ in range(chance.choices((0, 1, 2), (70, 22, 8))[0]):
            on = max(car.registered_on, day - timedelta(days=chance.randint(20, 360)))
            found.append(self.violation(car, chance.choices(_KINDS, _OFTEN)[0], on, paid=(day - on).days > 60))
        return sorted(found, key=lambda each: each.on)

    def violation(self, car: Car, kind: str, on: date, *, paid: bool) -> Violation:
        """One by the car's owner, recorded only, or accepted two days later and paid a week after that."""
        self._documents += 1
        place = f"{self._police.choice(('望湖路', '桂花街', '新塘路', '运河巷'))}路口"
        assert isinstance(car.owner, Person), "a firm drives by somebody"
        violation = Violation(car, car.owner, kind, on, place, f"3301{self._documents:012d}", "recorded")
        if paid:
            violation.state = "paid"
            violation.accepted_on, violation.paid_on = on + timedelta(days=2), on + timedelta(days=9)
        return violation

    def _plate(self, *, electric: bool) -> str:
        """浙A and five characters, six with a leading letter for new energy (GA 36); never given twice."""
        count = self._cars
        first, four = _LETTERS[count // 10_000 % 24], f"{count % 10_000:04d}"
        turn = count // 240_000
        if electric:
            return f"浙A{_LETTERS[turn % 10]}{first}{four}"
        # The last digit makes room for a letter once the plain numbers are given.
        return f"浙A{first}{four}" if turn == 0 else f"浙A{first}{_LETTERS[turn % 24]}{four[1:]}"


def _drives(age: int) -> float:
    """Share of an age that holds a licence."""
    if age < 19:
        return 0.05
    return 0.62 if age < 50 else 0.4 if age < 62 else 0.12 if age < 72 else 0.02


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
