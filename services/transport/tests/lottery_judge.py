"""A small model of plates, quotas and the lottery that says what each command must lead to; no product code in it.

A person is a number, a pool a number. ``expect`` gives the code of the refusal that a command must meet, None when it
must be done; the model has changed then.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

LADDER = {0: 1, 6: 2, 12: 3, 24: 4, 36: 6}
QUOTA_MONTHS, BAR_YEARS, USE_YEARS, KEPT_YEARS = 12, 2, 1, 2


def later(day: date, years: int) -> date:
    """The same day some years later; the 28th for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@dataclass
class Person:
    registered: bool = True
    licensed_until: date = date.max
    cars: list[int] = field(default_factory=list)
    quotas: list["Quota"] = field(default_factory=list)


@dataclass
class Quota:
    until: date
    state: str = "live"
    barred_until: date | None = None


@dataclass
class Pool:
    quota: int
    entered: dict[int, str] = field(default_factory=dict)
    """Person to the state of the newest entry."""
    committed: set[int] = field(default_factory=set)
    revealed: set[int] = field(default_factory=set)
    state: str = "open"
    due: datetime | None = None
    order: list[int] = field(default_factory=list)
    """Who was drawn, in order; told by ``drawn``."""


@dataclass
class Car:
    owner: int
    plate: int | None
    since: date


class Judge:
    def __init__(self, people: int, day: date, now: datetime) -> None:
        self.people = [Person() for _ in range(people)]
        self.pools: list[Pool] = []
        self.cars: dict[int, Car] = {}
        self.kept: dict[int, tuple[int, date]] = {}
        self.day, self.now = day, now
        self.made = 0

    # --- the lottery
    def open(self, quota: int) -> None:
        self.pools.append(Pool(quota))

    def commit(self, pool: int, party: int, honest: bool) -> str | None:
        here = self.pools[pool]
        if here.state != "open":
            return "lottery-frozen"
        if party in here.committed:
            return "already-committed"
        if not honest:
            return "commitment-unsigned"
        here.committed.add(party)
        return None

    def join(self, pool: int, who: int) -> str | None:
        here = self.pools[pool]
        if here.state != "open":
            return "lottery-frozen"
        if here.entered.get(who) == "entered":
            return "entry-exists"
        here.entered[who] = "entered"
        return None

    def leave(self, pool: int, who: int) -> str | None:
        """Of somebody who has an entry."""
        here = self.pools[pool]
        if here.entered[who] != "entered":
            return "entry-state-forbids"
        here.entered[who] = "withdrawn"
        return None

    def freeze(self, pool: int, due: datetime) -> str | None:
        here = self.pools[pool]
        if here.state != "open":
            return "lottery-frozen"
        if len(here.committed) < 2:
            return "commitments-missing"
        if due <= self.now:
            return "public-value-known"
        here.state, here.due = "frozen", due
        for who, state in here.entered.items():
            if state == "entered":
                here.entered[who] = "listed" if self.ground(who) is None else "excluded"
        return None

    def weight(self, who: int) -> int:
        """Before this pool is drawn: by rounds since the last quota."""
        rounds = 0
        for pool in self.pools:
            match pool.entered.get(who):
                case "lost":
                    rounds += 1
                case "awarded":
                    rounds = 0
        return LADDER[max(step for step in LADDER if step <= rounds)]

    def reveal(self, pool: int, party: int, honest: bool) -> str | None:
        here = self.pools[pool]
        if here.state == "open":
            return "lottery-not-frozen"
        if here.state != "frozen":
            return "lottery-drawn"
        if self.now >= here.due:
            return "reveal-too-late"
        if party in here.revealed:
            return "already-revealed"
        if not honest:
            return "reveal-mismatch"
        here.revealed.add(party)
        return None

    def draw(self, pool: int) -> str | None:
        here = self.pools[pool]
        if here.state == "open":
            return "lottery-not-frozen"
        if here.state != "frozen":
            return "lottery-drawn"
        if self.now < here.due:
            return "draw-too-early"
        here.state = "drawn"
        return None

    def drawn(self, pool: int, order: list[int]) -> None:
        """Who was drawn, by an independent recomputation."""
        here = self.pools[pool]
        here.order = order
        for who, state in here.entered.items():
            if state == "listed":
                here.entered[who] = "won" if who in order else "lost"

    def award(self, pool: int) -> str | None:
        here = self.pools[pool]
        if here.state in ("open", "frozen"):
            return "lottery-not-drawn"
        if here.state == "awarded":
            return "lottery-awarded"
        here.state = "awarded"
        for who in here.order:
            if self.ground(who) is None:
                here.entered[who] = "awarded"
                self.people[who].quotas.append(Quota(later(self.day, 1) - timedelta(days=1)))
            else:
                here.entered[who] = "not-awarded"
        return None

    def ground(self, who: int) -> str | None:
        person = self.people[who]
        if not person.registered:
            return "residence"
        if person.licensed_until < self.day:
            return "licence"
        if any(car.owner == who for car in self.cars.values()):
            return "no-car"
        if any(quota.state == "live" and self.day <= quota.until for quota in person.quotas):
            return "no-quota"
        ends = [
            later(quota.until, BAR_YEARS) for quota in person.quotas if quota.state == "live" and quota.until < self.day
        ]
        ends += [quota.barred_until for quota in person.quotas if quota.barred_until]
        return "not-barred" if any(self.day <= end for end in ends) else None

    # --- plates and quotas
    def car(self, who: int, plate: int | None) -> str | None:
        if plate is not None:
            if any(car.plate == plate for car in self.cars.values()):
                return "plate-taken"
            keeper, until = self.kept.get(plate, (who, date.min))
            if keeper != who and self.day <= until:
                return "plate-taken"
            self.kept.pop(plate, None)
        self.made += 1
        self.cars[self.made] = Car(who, plate, self.day)
        self.people[who].cars.append(self.made)
        for quota in self.people[who].quotas:
            if quota.state == "live" and self.day <= quota.until:
                quota.state = "used"
        return None

    def scrap(self, number: int) -> None:
        car = self.cars.pop(number)
        if car.plate is not None and later(car.since, USE_YEARS) <= self.day:
            self.kept[car.plate] = (car.owner, later(self.day, KEPT_YEARS))

    def forfeit(self) -> int:
        late = [q for person in self.people for q in person.quotas if q.state == "live" and q.until < self.day]
        for quota in late:
            quota.state, quota.barred_until = "forfeited", later(quota.until, BAR_YEARS)
        return len(late)
