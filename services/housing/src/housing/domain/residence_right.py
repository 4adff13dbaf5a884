"""A residence right: to live in somebody else's dwelling (Civil Code 366 to 371).

It cannot be transferred or inherited (369), so nothing here names another holder; it ends with its term or its holder's
death (370), and follows the unit to whoever owns it.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Self

from housing.domain.problems import DatesOutOfOrder, RecordEnded

Ending = Literal["expired", "died", "cancelled"]


@dataclass(frozen=True, slots=True)
class ResidenceRight:
    """``resident`` is the holder's pseudonym; ``until`` the last day, None for life."""

    urn: str
    version: int
    title: str
    authority: str
    unit_code: str
    resident: str
    registered_on: date
    until: date | None = None
    ending: Ending | None = None
    ended_on: date | None = None

    def __post_init__(self) -> None:
        if self.until and self.until < self.registered_on:
            raise DatesOutOfOrder

    def expired(self, on: date) -> bool:
        """Its term is over."""
        return self.ended_on is None and self.until is not None and on > self.until

    def ended(self, ending: Ending, on: date) -> Self:
        """Nobody has it any more."""
        if self.ended_on:
            raise RecordEnded
        return replace(self, version=self.version + 1, ending=ending, ended_on=on)
