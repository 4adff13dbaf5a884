"""The whole sample: households with all that they own, named ones first."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onewindow_kit.clock import today

from onewindow_local.sample.homes import Home, Homes
from onewindow_local.sample.numbers import Numbers
from onewindow_local.sample.people import Household
from onewindow_local.sample.population import Population
from onewindow_local.sample.traffic import Car, Licence, Traffic


@dataclass(slots=True)
class Resident:
    """One household and its property."""

    household: Household
    homes: list[Home]
    licences: list[Licence]
    cars: list[Car]


class City:
    """Deterministic: the same seed, day and number of people give the same city, byte for byte.

    Ages are as of `on`, by default the first day of the year that is running.
    """

    def __init__(self, seed: int = 1, on: date | None = None) -> None:
        self.on = on or date(today().year, 1, 1)
        self.population = Population(seed, self.on, Numbers())
        chance = random.Random(f"property:{seed}")
        self.homes = Homes(chance, self.on)
        self.traffic = Traffic(chance, self.on)

    def residents(self, people: int) -> Iterator[Resident]:
        """Households until `people` are reached; the named ones are always there."""
        from onewindow_local.sample import named  # it describes itself in terms of this class

        first = named.residents(self)
        yield from first
        for household in self.population.households(people - sum(len(r.household.members) for r in first)):
            licences = self.traffic.licences(household)
            yield Resident(household, self.homes.of(household), licences, self.traffic.cars(household, licences))
