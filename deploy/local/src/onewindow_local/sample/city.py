"""The whole sample: households with all that they own, named ones first."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from onewindow_kit.clock import today

from onewindow_local.sample.homes import Home, Homes
from onewindow_local.sample.numbers import Numbers
from onewindow_local.sample.people import Household
from onewindow_local.sample.population import Population
from onewindow_local.sample.traffic import Car, Licence, Traffic, Violation
from onewindow_local.sample.work import Job, Work


@dataclass(slots=True)
class Resident:
    """One household and its property."""

    household: Household
    homes: list[Home]
    licences: list[Licence]
    cars: list[Car]
    jobs: list[Job] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)


class City:
    """Deterministic: the same seed, days and number of people give the same city, byte for byte.

    Ages are as of `on`, by default the first day of the year that is running; what goes on month by month has come as far
    as `day`, by default today.
    """

    def __init__(self, seed: int = 1, on: date | None = None, day: date | None = None) -> None:
        self.day = day or today()
        self.on = on or date(self.day.year, 1, 1)
        self.population = Population(seed, self.on, Numbers())
        chance = random.Random(f"property:{seed}")
        self.homes = Homes(chance, self.on)
        self.traffic = Traffic(chance, self.on)
        self.work = Work(seed, self.on)

    def residents(self, people: int) -> Iterator[Resident]:
        """Households until `people` are reached; the named ones are always there."""
        from onewindow_local.sample import named  # it describes itself in terms of this class

        first = named.residents(self)
        yield from first
        for household in self.population.households(people - sum(len(r.household.members) for r in first)):
            licences = self.traffic.licences(household)
            homes, cars = self.homes.of(household), self.traffic.cars(household, licences)
            violations = [each for car in cars for each in self.traffic.violations(car, self.day)]
            yield Resident(household, homes, licences, cars, self.work.jobs(household), violations)
