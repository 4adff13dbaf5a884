"""An objection: somebody says that the register is wrong. It warns for some days, and a suit makes it a dispute."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Self

from housing.domain.problems import DatesOutOfOrder, ObjectionLapsed, RecordEnded, SuitAlreadyNoted

Ending = Literal["lapsed", "withdrawn", "decided"]


@dataclass(frozen=True, slots=True)
class Objection:
    """``objector`` is a pseudonym; ``holds_until`` the last day on which a suit keeps it alive, by the rule of the day
    of entry; ``suit_on`` the day on which the objector went to court (Civil Code 220)."""

    urn: str
    version: int
    title: str
    authority: str
    unit_code: str
    objector: str
    registered_on: date
    holds_until: date
    suit_on: date | None = None
    ending: Ending | None = None
    ended_on: date | None = None

    @property
    def disputed(self) -> bool:
        """A court decides who owns: until then nobody disposes."""
        return self.ended_on is None and self.suit_on is not None

    def lapsed(self, on: date) -> bool:
        """Without a suit it loses its force after the law's days."""
        return self.ended_on is None and self.suit_on is None and on > self.holds_until

    def sued(self, suit_on: date) -> Self:
        """The objector went to court in time."""
        self.require_open()
        if self.suit_on:
            raise SuitAlreadyNoted
        if suit_on < self.registered_on:
            raise DatesOutOfOrder
        if suit_on > self.holds_until:
            raise ObjectionLapsed
        return replace(self, version=self.version + 1, suit_on=suit_on)

    def ended(self, ending: Ending, on: date) -> Self:
        """It has no force any more."""
        self.require_open()
        return replace(self, version=self.version + 1, ending=ending, ended_on=on)

    def require_open(self) -> None:
        """An ended objection takes no more entries."""
        if self.ended_on:
            raise RecordEnded
