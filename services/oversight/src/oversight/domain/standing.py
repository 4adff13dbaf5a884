"""How far a question or a dispute is, whose turn it is and until when: reminders, escalation, answers, contests.

A term counts working days; ``After`` gives the n-th working day after a day. Nothing here is late unseen: an office that
lets its term pass loses the matter to the supervisor, and a supervisor who is late is reminded for as long as it lasts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from oversight.domain.problems import MatterClosed, NotAnswered, NotEscalated

State = Literal["open", "answered", "closed", "upheld", "rejected", "withdrawn"]
PENDING: tuple[State, ...] = ("open", "answered")
After = Callable[[date, int], date]


@dataclass(frozen=True, slots=True)
class Terms:
    """In working days: the office's, the supervisor's, how long before an end somebody is reminded (and how often after
    it), and how long an answer can be contested."""

    office: int
    supervisor: int
    reminder: int
    contest: int


@dataclass(frozen=True, slots=True)
class Standing:
    """``due`` is the last day of whoever's turn it is; ``reminded_on`` the last reminder of that turn."""

    due: date
    state: State = "open"
    reminders: int = 0
    reminded_on: date | None = None
    escalated_on: date | None = None

    @classmethod
    def opened(cls, on: date, terms: Terms, after: After) -> Standing:
        return cls(due=after(on, terms.office))

    @property
    def is_pending(self) -> bool:
        """Whether anybody may still have to do something about it."""
        return self.state in PENDING

    def step(self, on: date, terms: Terms, after: After) -> Standing | None:
        """What the day itself brings about, None for nothing; to be asked again until there is nothing."""
        if self.state == "answered":
            return replace(self, state="closed") if on > self.due else None
        if self.state != "open":
            return None
        if self.escalated_on is None and on > self.due:
            return self._with_supervisor(on, terms, after)
        if self._reminder_due(on, terms, after):
            return replace(self, reminders=self.reminders + 1, reminded_on=on)
        return None

    def answered(self, on: date, terms: Terms, after: After, *, supervisor: bool) -> Standing:
        """The office's answer can be contested; a supervisor's, given only after an escalation, ends the matter."""
        self._require_turn(supervisor)
        if supervisor:
            return replace(self, state="closed")
        return replace(self, state="answered", due=after(on, terms.contest), reminded_on=None)

    def judged(self, on: date, terms: Terms, after: After, *, accepted: bool) -> Standing:
        """The citizen accepts the answer, or contests it: then the supervisor must answer."""
        if self.state != "answered":
            raise NotAnswered
        if accepted:
            return replace(self, state="closed")
        return replace(self, state="open")._with_supervisor(on, terms, after)

    def ruled(self, outcome: Literal["upheld", "rejected"], *, supervisor: bool) -> Standing:
        """A dispute is decided."""
        self._require_turn(supervisor)
        return replace(self, state=outcome)

    def withdrawn(self) -> Standing:
        if not self.is_pending:
            raise MatterClosed
        return replace(self, state="withdrawn")

    def require_open(self) -> None:
        """MatterClosed unless somebody has to answer or decide."""
        if self.state != "open":
            raise MatterClosed

    def _require_turn(self, supervisor: bool) -> None:
        self.require_open()
        if supervisor and self.escalated_on is None:
            raise NotEscalated

    def _with_supervisor(self, on: date, terms: Terms, after: After) -> Standing:
        return replace(self, escalated_on=on, due=after(on, terms.supervisor), reminded_on=None)

    def _reminder_due(self, on: date, terms: Terms, after: After) -> bool:
        if self.reminded_on is None:
            return after(on, terms.reminder) >= self.due
        return on > self.due and after(self.reminded_on, terms.reminder) <= on
