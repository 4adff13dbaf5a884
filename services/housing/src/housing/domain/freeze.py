"""A freeze: an authority's order that stops every disposal of a title until it is lifted or lapses."""

from dataclasses import dataclass
from datetime import date

from housing.domain.law import Law
from housing.domain.problems import DatesOutOfOrder, FreezeTooLong, RecordEnded


@dataclass(frozen=True, slots=True)
class Freeze:
    """``since`` and ``until`` are legal days, both inside the period; ``ended_on`` is set when it was lifted."""

    urn: str
    version: int
    title: str
    authority: str
    unit_code: str
    ordered_by: str
    order_number: str
    since: date
    until: date
    ended_on: date | None = None

    def in_force(self, on: date) -> bool:
        """It lapses by itself after its last day."""
        return self.ended_on is None and self.since <= on <= self.until

    def require_open(self) -> None:
        """A lifted freeze takes no more entries."""
        if self.ended_on:
            raise RecordEnded

    def require_lawful(self, law: Law) -> None:
        """Refuses a freeze that ends before it begins or lasts longer than the law's years."""
        if self.until < self.since:
            raise DatesOutOfOrder
        if self.until > years_after(self.since, law.freeze_years):
            raise FreezeTooLong


def years_after(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February counts to the 28th in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
