"""A year in the life of a city: offices act on its people month by month, by the law and sometimes against it."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from onewindow_local.demo.city import City, Refused
from onewindow_local.demo.city import Person as Somebody
from onewindow_local.sample.city import Resident
from onewindow_local.sample.people import Person

AT_ONCE = 8
DECIDED = (404, 409, 412)
"""A rule, an older version, or nobody there any more: what an office hears when it asks for what may not be."""


@dataclass
class Life:
    """``day`` is the legal day; ``done`` and ``refused`` count what happened by name."""

    city: City
    residents: list[Resident]
    chance: random.Random
    day: date
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    late: list[Somebody] = field(default_factory=list)
    """Registered late this year: some are known under another number."""
    _pseudonyms: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = [p for resident in self.residents for p in resident.household.persons() if p.standing != "dead"]
        self.adults = [p for p in self.people if p.age(self.day) >= 22]

    async def month(self, happenings: list[Happening], count: int) -> None:
        """``count`` of ``happenings`` at random, a few at a time; the next month has come when all are over.

        Each month has officers of its own: twelve pass in one hour of the clock, more than one officer may look at.
        """
        self.city.on_duty = f"officer-{self.day:%m}"
        places = asyncio.Semaphore(AT_ONCE)

        async def one(happening: Happening) -> None:
            async with places:
                name = happening.__name__
                try:
                    await happening(self)
                except Refused as refusal:
                    if refusal.status not in DECIDED:
                        raise
                    self.refused[f"{name}: {refusal.code}"] += 1
                else:
                    self.done[name] += 1

        async with asyncio.TaskGroup() as group:
            for happening in self.chance.choices(happenings, k=count):
                group.create_task(one(happening))
        self.day = (self.day.replace(day=28) + timedelta(days=4)).replace(day=1)
        self.city.pass_to(self.day)

    def anybody(self) -> Person | Somebody:
        """A grown-up, now and then one who was registered late."""
        return self.chance.choice(self.late if self.late and self.chance.random() < 0.3 else self.adults)

    async def named(self, person: Person | Somebody, office: str) -> str:
        """The person's pseudonym in the sector of ``office``."""
        key = (person.number, office)
        if key not in self._pseudonyms:
            self._pseudonyms[key] = await self.city.pseudonym(Somebody("", person.name, person.number), office)
        return self._pseudonyms[key]

    def ago(self, days: int) -> str:
        return (self.day - timedelta(days=days)).isoformat()


Happening = Callable[[Life], Awaitable[None]]
