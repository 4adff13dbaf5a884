"""What the norms say about violations, points and transfers, told once more without the product: the judge of its work.

Nothing here is imported from the product; working days come in as a function. A step answers with the rules that it
breaks: none, and the product must do it; some, and the product must refuse it by one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

KINDS = {
    "red-light": (6, 20000),
    "phone": (3, 5000),
    "hit-and-run": (12, 200000),
    "lights": (1, 10000),
    "parking": (0, 15000),
}
MEANS = {"online-study": 1, "classroom-study": 2, "volunteer": 1}
FULL, MOST_REDUCED, TERM, STUDY, MOST_STUDY = 12, 6, 15, 7, 60
Broken = set[str]


@dataclass(eq=False)
class Offence:
    points: int
    fine: int
    vehicle: str | None
    owner: str | None
    driver: str | None
    respond_by: date
    state: str = "recorded"
    before: str | None = None
    pay_by: date | None = None
    paid_on: date | None = None
    paid: int | None = None
    contested: bool = False
    counts: bool = False
    given_to: str | None = None


@dataclass(eq=False)
class Year:
    """A cycle; ``taken_off`` is what reductions, and the end of the year before, leave of the sum."""

    start: date
    offences: list[Offence] = field(default_factory=list)
    taken_off: int = 0
    reduced: int = 0
    times: int = 0
    full_on: date | None = None
    holds: bool = False

    @property
    def end(self) -> date:
        return self.start.replace(year=self.start.year + 1) - timedelta(days=1)

    @property
    def stand(self) -> int:
        return max(0, sum(o.points for o in self.offences if o.counts) - self.taken_off)

    @property
    def effort(self) -> int:
        """Which time of twelve points it is."""
        return max(self.times, self.stand // FULL)


@dataclass(eq=False)
class Driver:
    first: date
    state: str = "valid"
    year: Year | None = None
    ended: list[int] = field(default_factory=list)

    @property
    def licensed(self) -> bool:
        return self.state in ("valid", "retained")


class Model:
    def __init__(
        self, today: date, drivers: dict[str, date], firms: set[str], cars: dict[str, str], after: Callable
    ) -> None:
        self.today, self.after, self.firms, self.cars = today, after, firms, dict(cars)
        self.drivers = {name: Driver(first) for name, first in drivers.items()}
        self.offences: list[Offence] = []

    def term(self) -> date:
        return self.after(self.today, TERM)

    def payable(self) -> date:
        return self.today + timedelta(days=TERM)

    # Steps

    def wait(self, days: int) -> Broken:
        self.today += timedelta(days=days)
        for driver in self.drivers.values():
            self._roll(driver)
        return set()

    def record(self, car: str, kind: str) -> Broken:
        self.offences.append(Offence(*KINDS[kind], car, self.cars[car], None, self.term()))
        return set()

    def stop(self, person: str, kind: str) -> Broken:
        if person in self.firms:
            return {"natural-person-only"}
        offence = Offence(*KINDS[kind], None, None, person, self.term(), state="accepted", pay_by=self.payable())
        self.offences.append(offence)
        self._give(offence, person)
        return set()

    def accept(self, at: int, person: str) -> Broken:
        o = self.offences[at]
        if person not in (o.owner, o.driver):
            return {"not-found"}
        broken = {
            "natural-person-only": person in self.firms,
            "violation-state-forbids": o.state != "recorded",
            "violation-not-yours-to-answer": o.driver not in (None, person),
            "response-too-late": self.today > o.respond_by,
            "licence-needed": bool(o.points) and not self._licensed(person),
        }
        if not (codes := {code for code, is_so in broken.items() if is_so}):
            o.state, o.driver, o.pay_by = "accepted", person, self.payable()
            self._give(o, person)
        return codes

    def name(self, at: int, owner: str, driver: str) -> Broken:
        o = self.offences[at]
        if owner != o.owner:
            return {"not-found"}
        broken = {
            "natural-person-only": driver in self.firms,
            "violation-state-forbids": o.state != "recorded",
            "driver-already-named": o.driver is not None,
            "response-too-late": self.today > o.respond_by,
        }
        if not (codes := {code for code, is_so in broken.items() if is_so}):
            o.driver, o.respond_by = driver, self.term()
        return codes

    def due(self, at: int) -> int:
        o = self.offences[at]
        late = max(0, (self.today - o.pay_by).days) if o.pay_by else 0
        return o.fine + o.fine * min(3 * late, 100) // 100

    def pay(self, at: int, person: str, amount: int) -> Broken:
        o = self.offences[at]
        if person not in (o.owner, o.driver):
            return {"not-found"}
        broken = {"violation-state-forbids": o.state != "accepted", "amount-not-due": amount != self.due(at)}
        if not (codes := {code for code, is_so in broken.items() if is_so}):
            o.state, o.paid_on, o.paid = "paid", self.today, amount
        return codes

    def contest(self, at: int, person: str) -> Broken:
        o = self.offences[at]
        if person not in (o.owner, o.driver):
            return {"not-found"}
        broken = {
            "violation-state-forbids": o.state not in ("recorded", "accepted"),
            "violation-not-yours-to-answer": o.driver not in (None, person),
            "objection-decided": o.contested,
            "response-too-late": self.today > o.respond_by,
        }
        if not (codes := {code for code, is_so in broken.items() if is_so}):
            o.before, o.state, o.contested = o.state, "objected", True
            self._take(o)
        return codes

    def judge(self, at: int, granted: bool, same_unit: bool) -> Broken:
        o = self.offences[at]
        broken = {"case-closed": o.state != "objected", "same-unit": same_unit}
        if codes := {code for code, is_so in broken.items() if is_so}:
            return codes
        if granted:
            o.state = "annulled"
        elif o.before == "accepted":
            o.state, o.pay_by = "accepted", self.payable()
            if o.given_to:
                self._give(o, o.given_to)
        else:
            o.state, o.respond_by = "recorded", self.term()
        return set()

    def annul(self, at: int) -> Broken:
        o = self.offences[at]
        broken = {"objection-pending": o.state == "objected", "violation-state-forbids": o.state == "annulled"}
        if not (codes := {code for code, is_so in broken.items() if is_so}):
            o.state = "annulled"
            self._take(o)
        return codes

    def establish(self, at: int, driver: str | None) -> Broken:
        o = self.offences[at]
        broken = {
            "violation-state-forbids": o.state != "recorded",
            "term-to-answer-runs": driver is None and self.today <= o.respond_by,
            "natural-person-only": driver in self.firms,
        }
        if not (codes := {code for code, is_so in broken.items() if is_so}):
            o.driver, o.state, o.pay_by = driver or o.driver, "accepted", self.payable()
            if o.driver and self._licensed(o.driver):
                self._give(o, o.driver)
        return codes

    def transfer(self, car: str, to: str) -> Broken:
        settled = all(o.state in ("paid", "annulled") for o in self.offences if o.vehicle == car)
        broken = {"violations-open": not settled, "same-owner": self.cars[car] == to}
        if not (codes := {code for code, is_so in broken.items() if is_so}):
            self.cars[car] = to
        return codes

    def reduce(self, person: str, means: str) -> Broken:
        if not self._licensed(person):
            return {"licence-needed"}
        driver = self.drivers[person]
        stand, reduced = (driver.year.stand, driver.year.reduced) if driver.year else (0, 0)
        broken = {
            "licence-state-forbids": driver.state != "valid",
            "reduction-limit": reduced + MEANS[means] > MOST_REDUCED,
            "no-points": stand < 1,
        }
        if not (codes := {code for code, is_so in broken.items() if is_so}):
            off = min(MEANS[means], stand)
            driver.year.taken_off += off
            driver.year.reduced += off
        return codes

    def recover(self, person: str, days: int, road_test: bool) -> Broken:
        driver = self.drivers[person]
        if driver.state != "retained":
            return {"licence-state-forbids"}
        effort = driver.year.effort
        broken = {
            "study-too-short": days < min(STUDY * effort, MOST_STUDY),
            "road-test-required": effort >= 2 and not road_test,
        }
        if not (codes := {code for code, is_so in broken.items() if is_so}):
            for o in driver.year.offences:
                o.counts = False
            driver.year.taken_off, driver.year.full_on, driver.year.holds = 0, None, False
            driver.state = "valid"
        return codes

    # What follows by itself

    def _licensed(self, person: str) -> bool:
        return person in self.drivers and self.drivers[person].licensed

    def _give(self, offence: Offence, person: str) -> None:
        if not offence.points or not (self._licensed(person) or offence.given_to):
            return
        driver = self.drivers[person]
        if driver.year is None:
            start = driver.first.replace(year=self.today.year)
            driver.year = Year(start if start <= self.today else start.replace(year=start.year - 1))
        offence.counts, offence.given_to = True, person
        if offence not in driver.year.offences:
            driver.year.offences.append(offence)
        self._settle(driver)

    def _take(self, offence: Offence) -> None:
        if offence.counts:
            offence.counts = False
            self._settle(self.drivers[str(offence.given_to)])

    def _settle(self, driver: Driver) -> None:
        year = driver.year
        if year.stand >= FULL and year.full_on is None:
            year.times, year.full_on = year.times + 1, self.today
            if driver.state == "valid":
                novice = self.today < driver.first.replace(year=driver.first.year + 1)
                driver.state, year.holds = ("cancelled", False) if novice else ("retained", True)
        elif year.stand < FULL and year.full_on is not None:
            year.times, year.full_on = year.times - 1, None
            if year.holds:
                driver.state, year.holds = "valid", False

    def _roll(self, driver: Driver) -> None:
        while (year := driver.year) is not None and year.end < self.today:
            stand, full = year.stand, year.stand >= FULL
            driver.ended.append(stand)
            counting = [o for o in year.offences if o.counts]
            passing = [o for o in counting if full or o.paid_on is None or o.paid_on > year.end]
            for o in counting:
                o.counts = any(o is each for each in passing)
            driver.year = None
            if passing:
                surplus = max(0, sum(o.points for o in passing) - stand)
                times = year.times if year.full_on else 0
                driver.year = Year(year.end + timedelta(days=1), passing, surplus, 0, times, year.full_on, year.holds)
