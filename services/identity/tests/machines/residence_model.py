"""Stays, residence permits and cards: a model of days that imports nothing of the product."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

STAY, YEAR, WINDOW, RENEWAL = 6, 12, 1, 3
"""Months: of stay before a permit, between endorsements, before they are due, before a card's term ends."""


def after(day: date, months: int) -> date:
    """The same day of another month, or that month's last."""
    total = day.year * 12 + day.month - 1 + months
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@dataclass
class Permit:
    counted_from: date
    endorsed_on: date
    due: date
    suspended: bool = False


@dataclass
class Residents:
    """Persons are numbers, all of whom were registered elsewhere. Every command answers whether it must be done."""

    day: date
    born: dict[int, date]
    standing: dict[int, str]
    stays: dict[int, tuple[str, date]] = field(default_factory=dict)
    permits: dict[int, Permit] = field(default_factory=dict)
    cards: dict[int, date | None] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    number: set[int] = field(default_factory=set)

    def stay(self, who: int, place: str) -> bool:
        if self.standing[who] != "elsewhere" or self.stays.get(who, ("", self.day))[0] == place:
            return False
        since = self.stays[who][1] if who in self.stays else self.day
        self.stays[who] = (place, since)
        return True

    def leave(self, who: int) -> bool:
        if who not in self.stays:
            return False
        del self.stays[who]
        self.permits.pop(who, None)
        return True

    def apply(self, who: int) -> bool:
        """Applied for and granted on one day."""
        if self.standing[who] == "dead" or who in self.permits or who not in self.stays:
            return False
        since = self.stays[who][1]
        if self.day < after(since, STAY):
            return False
        self.permits[who] = Permit(since, self.day, after(self.day, YEAR))
        return True

    def endorse(self, who: int) -> bool:
        permit = self.permits.get(who)
        if permit is None or self.day < after(permit.due, -WINDOW):
            return False
        if self.day > permit.due:
            self.permits[who] = Permit(self.day, self.day, after(self.day, YEAR))
        else:
            permit.endorsed_on, permit.due = self.day, after(permit.due, YEAR)
        return True

    def settle(self, who: int) -> bool:
        """A register here takes the person."""
        if self.standing[who] in ("registered", "dead"):
            return False
        self.standing[who] = "registered"
        self.leave(who)
        return True

    def die(self, who: int) -> bool:
        if self.standing[who] == "dead":
            return False
        self.standing[who] = "dead"
        self.leave(who)
        if self.cards.pop(who, False) is not False:
            self.lost.discard(who)
        return True

    def _term(self, who: int) -> date | None:
        age = self.day.year - self.born[who].year
        age -= (self.day.month, self.day.day) < (self.born[who].month, self.born[who].day)
        years = 5 if age < 16 else 10 if age < 26 else 20 if age < 46 else None
        return None if years is None else after(self.day, 12 * years)

    def issue(self, who: int) -> bool:
        """A first card."""
        if self.standing[who] != "registered" or who in self.cards:
            return False
        self.cards[who] = self._term(who)
        self.lost.discard(who)
        return True

    def lose(self, who: int) -> bool:
        """Reported, not yet replaced."""
        if who not in self.cards:
            return False
        del self.cards[who]
        self.lost.add(who)
        return True

    def replace(self, who: int, reason: str) -> bool:
        """By the holder, at once."""
        if self.standing[who] != "registered" or not (who in self.cards or who in self.lost):
            return False
        if reason == "renewal":
            until = self.cards.get(who)
            if until is None or self.day < after(until, -RENEWAL):
                return False
        self.cards[who] = self._term(who)
        self.lost.discard(who)
        return True

    def wait(self, days: int) -> int:
        """How many permits are suspended by then."""
        self.day += timedelta(days=days)
        late = [p for p in self.permits.values() if not p.suspended and p.due < self.day]
        for permit in late:
            permit.suspended = True
        return len(late)
