"""An advance notice: secures that a right agreed on will be registered (Civil Code 221)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, Self

from housing.domain.problems import AlreadyRegistrable, DatesOutOfOrder, RecordEnded

Ending = Literal["lapsed", "fulfilled", "cancelled"]


@dataclass(frozen=True, slots=True)
class AdvanceNotice:
    """``beneficiary`` is a pseudonym; ``registrable_on`` the day from which the right itself can be registered, and
    ``holds_until`` the last day on which the notice protects since then, by the rule of that day."""

    urn: str
    version: int
    title: str
    authority: str
    unit_code: str
    beneficiary: str
    registered_on: date
    registrable_on: date | None = None
    holds_until: date | None = None
    ending: Ending | None = None
    ended_on: date | None = None

    def blocks(self, acquirers: Collection[str], agreed: Collection[str]) -> bool:
        """Nothing passes to others without the beneficiary; ``agreed``: URNs of notices whose beneficiary consented."""
        return self.ended_on is None and self.urn not in agreed and self.beneficiary not in acquirers

    def lapsed(self, on: date) -> bool:
        """Whoever does not register within the law's days loses the protection."""
        return self.ended_on is None and self.holds_until is not None and on > self.holds_until

    def registrable(self, on: date, days: int) -> Self:
        """From that day on the right itself can be registered; the notice protects for so many days more."""
        self.require_open()
        if self.registrable_on:
            raise AlreadyRegistrable
        if on < self.registered_on:
            raise DatesOutOfOrder
        return replace(self, version=self.version + 1, registrable_on=on, holds_until=on + timedelta(days=days))

    def ended(self, ending: Ending, on: date) -> Self:
        """It protects nobody any more."""
        self.require_open()
        return replace(self, version=self.version + 1, ending=ending, ended_on=on)

    def require_open(self) -> None:
        """An ended notice takes no more entries."""
        if self.ended_on:
            raise RecordEnded
