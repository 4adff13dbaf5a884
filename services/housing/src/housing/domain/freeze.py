"""A freeze: an authority's order that stops every disposal of a title until it is lifted or lapses.

One is in force at a time; those ordered meanwhile wait in a queue, and each takes effect by itself when the one before it
ends (最高人民法院 on waiting freezes; 不动产登记暂行条例实施细则 92).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from housing.domain.law import Law
from housing.domain.problems import DatesOutOfOrder, FreezeTooLong, RecordEnded

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Freeze:
    """``since`` and ``until`` are legal days, both inside the period; ``place`` is 0 once it has taken effect, else its
    place among those that wait, which keep the length of their term; ``ended_on`` is set when it was lifted or lapsed."""

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
    place: int = 0

    def in_force(self, on: date) -> bool:
        """It lapses by itself after its last day. One that waits is as good as in force: when the freeze before it
        lapses, this one has already taken its place, whether or not the register has written it down yet."""
        if self.ended_on:
            return False
        return self.place > 0 or self.since <= on <= self.until

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


def queued(freezes: Iterable[Freeze], new: Freeze) -> Freeze:
    """``new`` at the end of the queue of those not ended: in force at once when there are none."""
    return replace(new, place=max((other.place + 1 for other in freezes if not other.ended_on), default=0))


def settled(freezes: Iterable[Freeze], on: date, law: Law) -> tuple[Freeze, ...]:
    """The freezes of a title as they are on a day: one whose last day has passed has ended, the next in the queue has
    taken its place for the whole of its own term, and so on; the others have moved up. Same freezes, no versions."""
    ended = [freeze for freeze in freezes if freeze.ended_on]
    waiting = sorted((freeze for freeze in freezes if not freeze.ended_on), key=lambda freeze: freeze.place)
    free_on = max((freeze.ended_on for freeze in ended if freeze.ended_on), default=on)
    while waiting:
        head = waiting[0] if waiting[0].place == 0 else _effective(waiting[0], free_on, law)
        if head.until >= on:
            return (*ended, head, *(replace(each, place=n) for n, each in enumerate(waiting[1:], 1)))
        free_on = head.until + DAY
        ended.append(replace(head, ended_on=free_on))
        del waiting[0]
    return tuple(ended)


def _effective(freeze: Freeze, on: date, law: Law) -> Freeze:
    """It begins ``on`` that day and lasts as long as was ordered, never longer than the law's years."""
    until = min(on + (freeze.until - freeze.since), years_after(on, law.freeze_years))
    return replace(freeze, place=0, since=on, until=until)


def years_after(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February counts to the 28th in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)  # not a rule: the last day that every February has
