"""Refused events: kept aside before the view moves past them, and a topic that is refused too often stands still."""

from __future__ import annotations

import re
from collections import deque
from typing import Any, Final, NamedTuple

import structlog
from aiokafka.errors import MessageSizeTooLargeError
from onewindow_kit.clock import now, stamp
from onewindow_kit.consumer.dead_letters import DeadLetters
from onewindow_kit.wire import Refused

from gateway.projector import metrics
from gateway.view.shapes import Shape

WINDOW: Final = 500
LEAST: Final = 100
RATIO: Final = 0.5
SEAL_WAS_GOOD: Final = frozenset(
    {"data-malformed", "shape-invalid", "envelope-mismatch", "subject-foreign", "day-out-of-range"}
)

_URN: Final = re.compile(rb"urn:onewindow:[a-z0-9.:-]{1,146}")

log = structlog.get_logger(__name__)


class Refusal(NamedTuple):
    """``message`` is aiokafka's record."""

    shape: Shape
    message: Any
    reason: Refused

    @property
    def urn(self) -> str | None:
        """The record that the message's key names, if it names one."""
        key = self.message.key or b""
        return key.decode() if _URN.fullmatch(key) else None

    @property
    def version(self) -> int:
        """As the headers say; 0 when they don't."""
        raw = dict(self.message.headers).get("ow-version", b"")
        return int(raw) if raw.isdigit() and len(raw) < 10 else 0

    def mark(self) -> dict[str, Any]:
        """What the view remembers of it: where it lies and why, no content."""
        return {
            "topic": self.shape.topic,
            "partition": self.message.partition,
            "offset": self.message.offset,
            "reason": self.reason.code,
            "at": stamp(now()),
        }


class Tally:
    """Whether a topic's events are refused so often that the fault lies in keys or contracts, not in single events."""

    def __init__(self) -> None:
        self._lately: dict[str, deque[bool]] = {}
        self.halted: set[str] = set()

    def count(self, topic: str, *, refused: bool) -> bool:
        """Count one event; True when the topic must stand still from now on."""
        lately = self._lately.setdefault(topic, deque(maxlen=WINDOW))
        lately.append(refused)
        if refused and (bad := sum(lately)) >= LEAST and bad > RATIO * len(lately):
            self.halt(topic, f"{bad} of the last {len(lately)} events were refused")
            return True
        return False

    def halt(self, topic: str, reason: str) -> None:
        """Stop loudly: readiness fails, the metric stands at 1, the section goes stale. Ends when keys or contracts
        change, or at the next start."""
        self.halted.add(topic)
        metrics.HALTED.labels(topic).set(1)
        log.error("topic halted", topic=topic, reason=reason)


async def keep(letters: DeadLetters, refusal: Refusal) -> None:
    """Write the dead letter; returns once Kafka has acknowledged it. NoKey when the gateway holds no key of the topic."""
    message, reason = refusal.message, refusal.reason
    detail = getattr(reason, "place", "") or reason.detail
    about: dict[str, Any] = {"reason": reason.code, "detail": detail, "sealed": reason.code in SEAL_WAS_GOOD}
    place = (refusal.shape.topic, message.partition, message.offset, message.key)
    log.warning("event refused", topic=place[0], partition=place[1], offset=place[2], reason=reason.code)
    try:
        await letters.put(*place, message.value, message.headers, **about)
    except MessageSizeTooLargeError:
        # Wrapped it has outgrown Kafka's limit; the original stays in its topic until compaction.
        about["detail"] = f"too large to keep; {detail}"
        await letters.put(*place, b"", [], **about)
