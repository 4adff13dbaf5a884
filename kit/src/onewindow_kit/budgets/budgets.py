"""The budgets of one node: what a look may still count on, and counting it before anybody sees anything.

``governed`` is the way in for whoever shows people. It never awaits: a snapshot costs a read transaction, a person who was not
counted yet a write transaction, which the node's other processes wait for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from onewindow_kit.budgets.claim import Claim, hashed
from onewindow_kit.budgets.distinct import Distinct
from onewindow_kit.budgets.locks import Locks, Standing
from onewindow_kit.budgets.offsets import Offsets
from onewindow_kit.budgets.periods import Periods
from onewindow_kit.budgets.raising import Raised, Raising
from onewindow_kit.decide import Count, Reason, Usage
from onewindow_kit.node import Node
from onewindow_kit.problems import Unavailable
from onewindow_kit.purposes import Budget

REACHED = (Reason.ACTOR_BUDGET, Reason.ORGANISATION_BUDGET)


class Decided(Protocol):
    """What a decision must tell of itself."""

    @property
    def allowed(self) -> bool: ...

    @property
    def reason(self) -> str: ...


D = TypeVar("D", bound=Decided)


class _Tally(NamedTuple):
    """One budget as it stands: where it counts, from when on, how many, and who of the asked is not counted yet."""

    budget: Budget
    bucket: bytes
    period: bytes
    floor: int
    count: int
    fresh: list[bytes]


class Budgets:
    """``node`` must be open before the first look. ``standing`` are oversight's locks (None: no oversight is followed).

    ``now`` gives unix milliseconds. ``raising`` keeps alarms until they are sent.
    """

    def __init__(
        self,
        node: Node,
        *,
        periods: Periods,
        raising: Raising,
        standing: Standing | None = None,
        now: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        self.node, self.periods, self._raising, self._standing, self._now = node, periods, raising, standing, now
        self._awaited: str | None = None

    def open(self) -> None:
        """Before the first write: a database can't be opened inside a transaction. Doing it again is free."""
        self._raising.open()
        self.node.database("locks")
        self.node.database("usage")

    def await_fold(self, topic: str) -> None:
        """Know no counts until the node's store has once folded ``topic`` to its end: a fresh store is not an empty record."""
        self._awaited = topic

    @property
    def locks(self) -> Locks:
        return Locks(self.node.database("locks"), self._standing)

    @property
    def distinct(self) -> Distinct:
        return Distinct(self.node.database("usage"))

    def standing(self, claim: Claim) -> Usage:
        """The counts before anybody is named, and the locks: what ``may_ask`` decides with."""
        return self._snapshot(claim, ())[0]

    def governed(self, claim: Claim, subjects: Iterable[str], decide: Callable[[Usage], D]) -> D:
        """The decision about showing ``subjects`` together; when it allows, they are counted before this returns.

        ``subjects`` are pseudonyms, or of a failed look-up what was asked (``Asked.what``). ``decide`` is pure: it is asked
        again when another process took the last place meanwhile. A reached budget locks the acting person (the
        organisation, when it is its budget) at once and raises the alarm. Unavailable when the decision can't be kept.
        """
        items = [hashed(subject) for subject in dict.fromkeys(subjects)]
        usage, tallies = self._snapshot(claim, items)
        decision = decide(usage)
        if decision.allowed and any(tally.fresh for tally in tallies):
            late = self._reserve(claim, items)
            if late is not None:
                decision = decide(late)
                if decision.allowed:  # it does not look at counts: nothing that is shown may stay uncounted
                    raise Unavailable("The look could not be counted.")
        if decision.reason in REACHED:
            self._reached(claim, decision.reason, items)
        return decision

    def counted(self, transaction: Any, claim: Claim, item: bytes, at: int) -> Iterator[tuple[Budget, int]]:
        """Count what was shown elsewhere, beyond every limit if need be: each budget with its new count, none if known."""
        locks, distinct = self.locks, self.distinct
        for budget, bucket in zip(claim.budgets, claim.buckets, strict=True):
            period, floor = self.periods.of(budget.per, at).key, self._floor(locks, claim, budget)
            count = distinct.add(transaction, period, bucket, item, at, floor)
            if count is not None:
                yield budget, count

    def _snapshot(self, claim: Claim, items: Sequence[bytes]) -> tuple[Usage, list[_Tally]]:
        locks, distinct = self.locks, self.distinct
        if self._awaited is not None and Offsets(self.node).caught(self._awaited):
            self._awaited = None
        with self.node.read() as transaction:
            if self._awaited is not None:
                return Usage({}, self._locked(transaction, locks, claim)), []
            tallies = self._tallies(transaction, locks, distinct, claim, items)
            return _usage(tallies, self._locked(transaction, locks, claim)), tallies

    def _reserve(self, claim: Claim, items: Sequence[bytes]) -> Usage | None:
        """Count ``items`` if all of them fit into every budget and no lock came in between; else why they don't."""
        locks, distinct, at = self.locks, self.distinct, self._now()
        with self.node.write() as transaction:
            tallies = self._tallies(transaction, locks, distinct, claim, items)
            locked = self._locked(transaction, locks, claim)
            if locked or any(tally.count + len(tally.fresh) > tally.budget.citizens for tally in tallies):
                return _usage(tallies, locked)
            for tally in tallies:
                for item in tally.fresh:
                    distinct.add(transaction, tally.period, tally.bucket, item, at, tally.floor)
        return None

    def _reached(self, claim: Claim, reason: str, items: Sequence[bytes]) -> None:
        self.open()
        actor = claim.actor if reason == Reason.ACTOR_BUDGET else None
        locks, distinct, at = self.locks, self.distinct, self._now()
        with self.node.write() as transaction:
            if locks.holds(transaction, claim.organisation, actor):
                return  # another process was faster: it raised the alarm too
            of = "actor" if reason == Reason.ACTOR_BUDGET else "organisation"
            tallies = self._tallies(transaction, locks, distinct, claim, items)
            over = [each for each in tallies if each.count + len(each.fresh) > each.budget.citizens]
            full = next((each for each in over if each.budget.of == of), None)
            if full is None:
                return  # the hour ended, or a supervisor lifted a lock, while this was decided
            locks.put(transaction, claim.organisation, actor, at)
            self._raising.put(
                transaction,
                Raised(
                    "budget",
                    "officer" if actor is not None else "organisation",
                    claim,
                    at,
                    self.periods.of(full.budget.per, at).name,
                    budget=full.budget.name,
                    limit=full.budget.citizens,
                    count=full.count,
                    again=full.floor,
                ),
            )

    def _tallies(
        self, transaction: Any, locks: Locks, distinct: Distinct, claim: Claim, items: Sequence[bytes]
    ) -> list[_Tally]:
        at = self._now()
        # Each look passes here: what several budgets have in common is worked out once.
        periods = {"hour": self.periods.of("hour", at).key, "day": self.periods.of("day", at).key}
        lifted = locks.lifted
        floors = {"actor": lifted(claim.organisation, claim.actor), "organisation": lifted(claim.organisation, None)}
        tallies = []
        for budget, bucket in zip(claim.budgets, claim.buckets, strict=True):
            period, floor = periods[budget.per], floors[budget.of]
            count = distinct.count(transaction, period, bucket, floor)
            fresh = [item for item in items if not distinct.has(transaction, period, bucket, item, floor)]
            tallies.append(_Tally(budget, bucket, period, floor, count, fresh))
        return tallies

    def _floor(self, locks: Locks, claim: Claim, budget: Budget) -> int:
        """Since when a budget counts: a supervisor who lifts a lock gives a new allowance."""
        return locks.lifted(claim.organisation, claim.actor if budget.of == "actor" else None)

    def _locked(self, transaction: Any, locks: Locks, claim: Claim) -> frozenset[str]:
        locked = set()
        if claim.actor is not None and locks.holds(transaction, claim.organisation, claim.actor):
            locked.add("actor")
        if locks.holds(transaction, claim.organisation, None):
            locked.add("organisation")
        return frozenset(locked)


def _usage(tallies: Iterable[_Tally], locked: frozenset[str]) -> Usage:
    counts = {tally.budget.name: Count(tally.count, tally.count + len(tally.fresh)) for tally in tallies}
    return Usage(counts, locked)
