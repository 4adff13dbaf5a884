"""Firms of the sample: who represents them, who works there, and what they pay into the provident fund each month."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from onewindow_local.sample.numbers import credit_code
from onewindow_local.sample.people import Household, Person

_PLACES = ("钱塘", "望湖", "青枫", "运河", "听涛", "云栖", "桂雨", "稻香")
_TRADES = ("软件", "纺织", "食品", "物流", "机械", "文化", "医药", "建筑", "园林", "电子")
PEOPLE_A_FIRM = 25
FIRMS_AT_MOST, JOBS_AT_MOST = 40, 1000
"""What goes on month by month stays a sample in a city of a million, too."""
YEARS_ON_FILE = 1
"""How far back a sample person's payments reach; of somebody with a name, as far as the job itself."""
_REMITTED_AFTER = 10
"""Days after a month's end by when its payment is surely on file."""


@dataclass(slots=True)
class Firm:
    """`employer_rate` and `employee_rate` are whole percents of the wage; `number` is its unified social credit code."""

    scheme: ClassVar[str] = "cn-uscc"
    number: str
    name: str
    representative: Person
    founded_on: date
    employer_rate: int
    employee_rate: int
    ref: str = ""
    sentence: str = ""


@dataclass(slots=True)
class Job:
    """Somebody's work since the first day of a month; `wage_fen` is last year's average of a month, whole yuan."""

    firm: Firm
    person: Person
    since: date
    wage_fen: int

    @property
    def contribution_fen(self) -> int:
        """Both parts of a month, exact: a whole yuan has whole fen of a percent."""
        return self.wage_fen * self.firm.employer_rate // 100 + self.wage_fen * self.firm.employee_rate // 100

    def months(self, on: date) -> Iterator[date]:
        """The first day of each month that was paid for by the day `on`."""
        month = self.since
        while (following := _next(month)) + timedelta(days=_REMITTED_AFTER) <= on:
            yield month
            month = following


class Work:
    """Draws firms and jobs; a firm is founded by the first grown-up who is met once the city has room for one more."""

    def __init__(self, seed: int, on: date) -> None:
        self.chance = random.Random(f"work:{seed}")
        self.on = on
        self.firms: list[Firm] = []
        self._people = self._jobs = 0

    def jobs(self, household: Household) -> list[Job]:
        """Of those of the household who work for somebody else or for their own firm."""
        self._people += len(household.members)
        found: list[Job] = []
        if self._jobs >= JOBS_AT_MOST:
            return found
        for person in household.adults(self.on):
            if not 20 <= person.age(self.on) < 60 or person.standing != "registered" or self.chance.random() > 0.6:
                continue
            room = min(self._people // PEOPLE_A_FIRM + 1, FIRMS_AT_MOST)
            if len(self.firms) < room and person.age(self.on) >= 28:
                self.found(person)
            if self.firms:
                found.append(self.job(person, self.chance.choice(self.firms)))
        return found

    def found(self, person: Person) -> Firm:
        """A new firm that `person` represents. Those of named people come first: they hold the first codes."""
        count = len(self.firms)
        turn, place = divmod(count // len(_TRADES), len(_PLACES))
        name = f"杭州{_PLACES[place]}样本{_TRADES[count % len(_TRADES)]}{turn + 1 if turn else ''}有限公司"
        founded_on = date(self.on.year - self.chance.randint(YEARS_ON_FILE + 10, 20), self.chance.randint(1, 12), 8)
        rate = self.chance.choice((5, 7, 8, 10, 12, 12))
        self.firms.append(Firm(credit_code(count), name, person, founded_on, rate, rate))
        return self.firms[-1]

    def job(self, person: Person, firm: Firm, years: int = YEARS_ON_FILE) -> Job:
        """A job of `years` at most, and no longer than somebody who began at twenty can have it."""
        earliest = max(self.on.year - years, person.born.year + 20)
        since = date(earliest, self.chance.randint(1, 12) if earliest < self.on.year - years + 1 else 1, 1)
        self._jobs += 1
        wage = round(self.chance.triangular(4200, 24000, 8500), -2)
        return Job(firm, person, since, int(wage) * 100)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
