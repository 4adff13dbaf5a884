"""Who may marry, adopt and guard whom: a model of sets that imports nothing of the product.

Nobody is married twice; spouses are a man and a woman of age and not close kin; a child has two parents at most; a
guardian is of age, and guardianship of a minor ends on the day of majority.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

MAN, WOMAN = "1", "2"
MARRY = {MAN: 22, WOMAN: 20}
MAJORITY, ADOPTER, ADOPTEE, GAP = 18, 30, 18, 40
NEAR = 2
"""Steps up to a common ancestor on both sides that are too few to marry (three generations, oneself included)."""


def years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def birthday(born: date, nth: int) -> date:
    try:
        return born.replace(year=born.year + nth)
    except ValueError:
        return date(born.year + nth, 2, 28)


@dataclass
class Families:
    """Persons are numbers; ``sex`` and ``born`` never change. Every command answers whether it must be done."""

    day: date
    sex: dict[int, str]
    born: dict[int, date]
    dead: set[int] = field(default_factory=set)
    spouse: dict[int, int] = field(default_factory=dict)
    parents: dict[int, set[int]] = field(default_factory=dict)
    blood: dict[int, set[int]] = field(default_factory=dict)
    guards: dict[tuple[int, int], date | None] = field(default_factory=dict)

    def steps_up(self, who: int) -> dict[int, int]:
        """Ancestors with the fewest steps up to them; parentage that ended counts on."""
        found, edge, steps = {who: 0}, {who}, 0
        while edge:
            steps += 1
            edge = {p for one in edge for p in self.blood.get(one, set())} - found.keys()
            found |= dict.fromkeys(edge, steps)
        return found

    def kin(self, a: int, b: int) -> bool:
        up_a, up_b = self.steps_up(a), self.steps_up(b)
        if a in up_b or b in up_a:
            return True
        return any(up_a[one] <= NEAR and up_b[one] <= NEAR for one in up_a.keys() & up_b.keys())

    def marry(self, a: int, b: int) -> bool:
        fits = (
            a != b
            and not {a, b} & self.dead
            and not {a, b} & self.spouse.keys()
            and {self.sex[a], self.sex[b]} == {MAN, WOMAN}
            and all(years(self.born[one], self.day) >= MARRY[self.sex[one]] for one in (a, b))
            and not self.kin(a, b)
        )
        if fits:
            self.spouse |= {a: b, b: a}
        return fits

    def part(self, a: int) -> bool:
        """By judgment."""
        if a not in self.spouse:
            return False
        del self.spouse[self.spouse.pop(a)]
        return True

    def parent(self, a: int, child: int) -> bool:
        held = self.parents.setdefault(child, set())
        if a == child or self.born[a] >= self.born[child] or a in held or len(held) >= 2:
            return False
        held.add(a)
        self.blood.setdefault(child, set()).add(a)
        self._guard_by_law(child, {a})
        return True

    def _guard_by_law(self, child: int, adults: set[int]) -> None:
        due = birthday(self.born[child], MAJORITY)
        if due > self.day and child not in self.dead:
            for one in adults - self.dead:
                self.guards.setdefault((one, child), due)

    def adopt(self, child: int, adopters: tuple[int, ...]) -> bool:
        held = self.parents.setdefault(child, set())
        ages = [years(self.born[one], self.day) for one in adopters]
        first = adopters[0]
        step = len(adopters) == 1 and self.spouse.get(first) in held
        couple = len(adopters) > 1 and self.spouse.get(first) == adopters[1]
        alone = len(adopters) == 1 and first not in self.spouse
        gap = years(self.born[first], self.born[child])
        fits = (
            len({child, *adopters}) == 1 + len(adopters)
            and not {child, *adopters} & self.dead
            and not held & set(adopters)
            and all(self.born[one] < self.born[child] for one in adopters)
            and years(self.born[child], self.day) < ADOPTEE
            and (step or (min(ages) >= ADOPTER and (couple or alone)))
            and not (alone and self.sex[first] != self.sex[child] and gap < GAP)
        )
        if not fits:
            return False
        kept = held & {self.spouse.get(first)} if len(adopters) == 1 else set()
        self.parents[child] = kept | set(adopters)
        self.blood.setdefault(child, set()).update(adopters)
        self.guards = {pair: due for pair, due in self.guards.items() if pair[1] != child or pair[0] in kept}
        self._guard_by_law(child, set(adopters))
        return True

    def guard(self, a: int, ward: int) -> bool:
        if a == ward or {a, ward} & self.dead or years(self.born[a], self.day) < MAJORITY:
            return False
        if (a, ward) in self.guards or (ward, a) in self.guards:
            return False
        due = birthday(self.born[ward], MAJORITY)
        self.guards[a, ward] = due if self.day < due else None
        return True

    def release(self, a: int, ward: int) -> bool:
        if (a, ward) not in self.guards:
            return False
        del self.guards[a, ward]
        return True

    def die(self, who: int) -> bool:
        if who in self.dead:
            return False
        self.dead.add(who)
        self.part(who)
        self.guards = {pair: due for pair, due in self.guards.items() if who not in pair}
        return True

    def wait(self, days: int) -> int:
        """How many guardianships ended by themselves."""
        self.day += timedelta(days=days)
        over = [pair for pair, due in self.guards.items() if due is not None and due <= self.day]
        for pair in over:
            del self.guards[pair]
        return len(over)
