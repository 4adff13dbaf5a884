"""The door: everything that must be true of a message before a department looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from aiokafka import ConsumerRecord

from onewindow_kit import wire
from onewindow_kit.sealing import Sealer
from onewindow_kit.topics import Topic

Validate = Callable[[str, dict[str, Any]], Sequence[str]]


class Door:
    """``validate(topic, envelope)``: the reasons why an envelope is not as its contract says; none if it is."""

    def __init__(self, sealer: Sealer, instance: str, topics: Iterable[Topic], validate: Validate) -> None:
        self._sealer = sealer
        self._owners = {t.topic: frozenset(f"{instance}.{name}" for name in t.authorities) for t in topics}
        self._validate = validate

    def admitted(self, topic: str, message: ConsumerRecord) -> wire.Event:
        """The opened event in a message of ``topic`` (without prefix); else Refused with the reason's code."""
        event = self._opened(topic, message)
        wire.check_authority(event, self._owners)
        if event.envelope is not None and (reasons := self._validate(event.topic, event.envelope)):
            raise wire.Refused("event-invalid", "; ".join(reasons))
        return event

    def seal_holds(self, topic: str, message: ConsumerRecord) -> bool:
        """Whether the message is sealed for its place: what is not may be somebody's data in clear."""
        try:
            self._opened(topic, message)
        except wire.Refused:
            return False
        return True

    def _opened(self, topic: str, message: ConsumerRecord) -> wire.Event:
        event = wire.read(topic, message.partition, message.offset, message.key, message.value, message.headers)
        return wire.opened(self._sealer, event)
