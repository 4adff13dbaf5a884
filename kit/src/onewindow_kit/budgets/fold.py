"""Folding the record of access into a node's counts: what other nodes showed, and this one's again after its store was lost.

An entry that this node counted before writing it is found counted. The counts, the patterns, the alarms that they raise and
the place reached in the record are one transaction of the node's store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson
import structlog
from aiokafka import ConsumerRecord

from onewindow_kit.access import batch
from onewindow_kit.access.entry import own_subject
from onewindow_kit.alarms import Malformed, alarm
from onewindow_kit.budgets import metrics
from onewindow_kit.budgets.budgets import Budgets
from onewindow_kit.budgets.claim import claim, hashed
from onewindow_kit.budgets.offsets import Offsets
from onewindow_kit.budgets.patterns import SHOWN, Patterns, Thresholds
from onewindow_kit.budgets.raising import Raising
from onewindow_kit.purposes import Purpose
from onewindow_kit.sealing import Sealer
from onewindow_kit.wire import Refused

log = structlog.get_logger(__name__)
COUNTED = (*SHOWN, "not-found")
PIECE = 100
"""Entries in one transaction: looks of all processes wait for it, so it must stay below a millisecond or two."""


class Fold:
    """``purpose`` finds a registered purpose; ``person`` gives the one pseudonym by which this holder knows somebody;
    ``mine`` says whether this very process wrote a chain: what it showed it has counted before."""

    def __init__(
        self,
        budgets: Budgets,
        raising: Raising,
        sealer: Sealer,
        *,
        purpose: Callable[[str], Purpose | None],
        person: Callable[[str], str] = str,
        canary: Callable[[str], bool] = lambda _pseudonym: False,
        mine: Callable[[str], bool] = lambda _writer: False,
        thresholds: Thresholds | None = None,
    ) -> None:
        self._budgets, self._raising, self._sealer = budgets, raising, sealer
        self._purpose, self._person = purpose, lru_cache(maxsize=50_000)(person)
        self._canary, self._mine = canary, mine
        self._patterns = Patterns(
            budgets.node.database("patterns"),
            budgets.distinct,
            budgets.periods,
            thresholds or Thresholds(),
            canary,
        )
        self._offsets = Offsets(budgets.node)
        budgets.open()

    def entries(self, messages: Sequence[ConsumerRecord], topic: str) -> None:
        """Fold messages of the record, which lie one after the other. One that can't be read is counted and passed over:
        the recorder stops at it, loudly; the budgets go on with the rest."""
        for message in messages:
            waiting: list[Mapping[str, Any]] = []
            counted = False
            try:
                read = batch.read(self._sealer, message.headers, message.value)
                counted = self._mine(read.writer)
                waiting.extend(orjson.loads(entry) for _, entry in read.entries if not self._plain(entry))
                metrics.FOLDED.inc(len(read.entries) - len(waiting))
            except (Refused, orjson.JSONDecodeError) as error:
                metrics.UNREADABLE.inc()
                log.error("batch not readable", offset=message.offset, error=type(error).__name__)
            while len(waiting) > PIECE:
                self._keep(waiting[:PIECE], topic, None, counted)
                waiting = waiting[PIECE:]
            self._keep(waiting, topic, message.offset + 1, counted)

    def alarms(self, messages: Sequence[ConsumerRecord], topic: str) -> None:
        """A budget reached on another node locks here too, before oversight's record of the lock arrives."""
        locks = self._budgets.locks
        with self._budgets.node.write() as transaction:
            for message in messages:
                try:
                    told = alarm.opened(self._sealer, message.key, message.value, message.headers)
                except Malformed as error:
                    log.error("alarm not readable", offset=message.offset, reason=str(error))
                    continue
                if told.kind == "budget":
                    officer = told.officer if told.scope == "officer" else None
                    locks.put(transaction, told.organisation, officer, _milliseconds(told.at))
            self._offsets.put(transaction, topic, messages[-1].offset + 1)

    def _keep(self, entries: Sequence[Mapping[str, Any]], topic: str, following: int | None, counted: bool) -> None:
        with self._budgets.node.write() as transaction:
            for entry in entries:
                subject = None if entry["subject"] is None else self._person(entry["subject"])
                at = _milliseconds(entry["at"])
                for raised in self._patterns.seen(transaction, entry, subject, at):
                    self._raising.put(transaction, raised)
                told = entry["kind"] != "own" and entry["outcome"] in COUNTED and entry["purpose"] is not None
                if told and not counted:
                    self._count(transaction, entry, subject, at)
            metrics.FOLDED.inc(len(entries))
            if following is not None:
                self._offsets.put(transaction, topic, following)

    def _plain(self, entry: bytes) -> bool:
        """Somebody's own look, and nobody's whose every look raises an alarm: most entries are such. They count for nobody."""
        subject = own_subject(entry)
        return subject is not None and not self._canary(self._person(subject))

    def _count(self, transaction: Any, entry: Mapping[str, Any], subject: str | None, at: int) -> None:
        purpose, named = self._purpose(entry["purpose"]), subject or entry.get("asked")
        if purpose is None or named is None or not purpose.budgets:
            return
        who = claim(entry["organisation"], entry["client"], entry["actor"], purpose.id, purpose.budgets)
        for budget, count in self._budgets.counted(transaction, who, hashed(named), at):
            if count > budget.citizens:
                metrics.OVERSHOT.inc()


def _milliseconds(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp() * 1000)
