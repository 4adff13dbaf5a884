"""Decisions remembered: people of one office ask for the same fields all day, and the answer differs by the person's roles only.

What budgets and locks say is asked each time; the rest of a decision is a pure function of what the key here names, so a
remembered one is the one that would be made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from onewindow_kit.decide import Decision, Principal, Purpose, Usage, Visible, decide, exhausted

REMEMBERED = 20_000


class Key(NamedTuple):
    """``token`` stands for everything that the caller is."""

    token: str
    purpose: str
    fields: tuple[str, ...]
    roles: tuple[frozenset[str], ...]
    on: date


class Decided(NamedTuple):
    """``rest`` is the end of an entry's JSON under this decision: all but the person and what was asked."""

    decision: Decision
    rest: bytes


class Decisions:
    """Of one process."""

    def __init__(self) -> None:
        self._known: dict[Key, Decided] = {}
        self._edition: object = None

    def under(self, edition: object) -> None:
        """Forget what was decided under contracts and purposes of another edition."""
        if edition is not self._edition:
            self._edition, self._known = edition, {}

    def decide(
        self,
        key: Key,
        caller: Principal,
        purpose: Purpose | None,
        wanted: Mapping[str, frozenset[str]],
        visible: Callable[[], Mapping[str, Visible]],
        usage: Usage,
    ) -> Decision:
        """As ``onewindow_kit.decide.decide``."""
        known = self._known.get(key)
        if known is None:
            return decide(caller, purpose, wanted, visible(), usage, key.on)
        reason = exhausted(caller, purpose, usage)
        return known.decision if reason is None else Decision(False, reason)

    def rest(self, key: Key, decision: Decision, make: Callable[[], bytes]) -> bytes:
        """The end of an entry under an allowed ``decision``; both are remembered."""
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[key] = Decided(decision, make())
        return known.rest
