"""Alarms wait in the node's store until Kafka has them: written with what they tell of, lost by no restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog

from onewindow_kit.alarms import Alarm, identity
from onewindow_kit.budgets.claim import Claim
from onewindow_kit.budgets.metrics import RAISED
from onewindow_kit.node import Node

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Raised:
    """What is to be told; ``period`` and ``again`` tell an alarm from the same one of another hour or after a lifted lock."""

    kind: str
    scope: str
    claim: Claim
    at: int
    period: str
    budget: str | None = None
    limit: int | None = None
    count: int | None = None
    entry: str | None = None
    again: int = 0
    about: str = ""


class Raising:
    """The node's alarms that are not sent yet."""

    def __init__(self, node: Node, instance: str) -> None:
        self._node, self._instance = node, instance

    def open(self) -> None:
        """Before the first ``put``: a database can't be opened inside a transaction."""
        self._node.database("alarms")

    def put(self, transaction: Any, raised: Raised) -> Alarm:
        """Keep it in the transaction of what it tells of. The same thing seen twice is one alarm."""
        claim = raised.claim
        officer = claim.actor if raised.scope == "officer" else None
        alarm = Alarm(
            id=identity(
                self._instance,
                raised.kind,
                raised.scope,
                claim.organisation,
                officer,
                claim.purpose,
                raised.budget,
                raised.period,
                raised.again,
                raised.about,
            ),
            at=datetime.fromtimestamp(raised.at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            instance=self._instance,
            kind=raised.kind,  # type: ignore[arg-type]  # words of Alarm.Kind by its callers
            scope=raised.scope,  # type: ignore[arg-type]  # as above
            organisation=claim.organisation,
            client=claim.client,
            officer=claim.actor,
            purpose=claim.purpose,
            budget=raised.budget,
            limit=raised.limit,
            count=raised.count,
            entry=raised.entry,
        )
        transaction.put(alarm.id.encode(), orjson.dumps(alarm.body()), db=self._node.database("alarms"))
        RAISED.labels(alarm.kind).inc()
        # Who looked at whom stands in the record of access and with the supervisors, not in the operator's log.
        log.warning(
            "alarm raised", alarm=alarm.id, kind=alarm.kind, organisation=alarm.organisation, purpose=alarm.purpose
        )
        return alarm

    def waiting(self, most: int = 100) -> list[Alarm]:
        """The alarms to be sent, at most ``most``."""
        database = self._node.database("alarms")
        with self._node.read() as transaction:
            cursor = transaction.cursor(db=database)
            found = []
            for value in cursor.iternext(keys=False, values=True):
                found.append(Alarm.of(orjson.loads(value)))
                if len(found) == most:
                    break
            return found

    def sent(self, alarms: list[Alarm]) -> None:
        """Kafka has them."""
        database = self._node.database("alarms")
        with self._node.write() as transaction:
            for alarm in alarms:
                transaction.delete(alarm.id.encode(), db=database)
