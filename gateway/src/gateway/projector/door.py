"""What an event must be before it may enter the view. Everything else is refused with a reason, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import orjson
from onewindow_kit.sealing import Sealer
from onewindow_kit.wire import Refused, check_authority, read, unsealed

from gateway.view.layout import ordinal
from gateway.view.shapes import Shape

__all__ = ["Arrival", "Door", "Refused"]


LAST_VERSION: Final = 2**31 - 1
_ID: Final = re.compile(r"[a-z2-7]{22}")


class Arrival(NamedTuple):
    """A valid event. ``envelope`` and its bytes ``data`` are None for the tombstone of an erased record; ``day`` is the
    ordinal of its effective day, then 0."""

    shape: Shape
    urn: str
    version: int
    change: str
    envelope: dict[str, Any] | None
    data: bytes | None
    day: int


class Refusal(Refused):
    """``place`` is a path in the schema; ``subjects`` are the pseudonyms that an authentic but invalid event names."""

    def __init__(self, code: str, *, place: str = "", subjects: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.place = place
        self.subjects = subjects


class Door:
    """Checks events of the topics in ``shapes`` (topic without prefix -> Shape)."""

    def __init__(self, sealer: Sealer, shapes: Mapping[str, Shape]) -> None:
        self._sealer = sealer
        self._owners = {topic: frozenset(shape.owners) for topic, shape in shapes.items()}

    def check(
        self,
        shape: Shape,
        partition: int,
        offset: int,
        key: bytes | None,
        value: bytes | None,
        headers: Sequence[tuple[str, bytes]],
    ) -> Arrival:
        """The event in a message; Refused otherwise."""
        topic = shape.topic
        event = read(topic, partition, offset, key, value, headers)
        check_authority(event, self._owners)
        urn = event.urn
        place, _, identity = urn.rpartition(":")
        if place != f"urn:onewindow:{event.authority}:{shape.record_type}" or not _ID.fullmatch(identity):
            raise Refused("urn-foreign")
        if event.version > LAST_VERSION:
            raise Refused("header-malformed")
        data = unsealed(self._sealer, event)
        if value is None:
            return Arrival(shape, urn, event.version, "erased", None, None, 0)
        try:
            envelope = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            raise Refused("data-malformed") from error
        if not shape.validator.is_valid(envelope):
            self._explain(shape, envelope)
        if (
            envelope["urn"] != urn
            or envelope["version"] != event.version
            or envelope["change"] != event.change
            or envelope["authority"] != event.authority
        ):
            raise Refusal("envelope-mismatch", subjects=_subjects(envelope))
        if shape.section is not None:
            sector = shape.owners[event.authority] + "."
            for subject in envelope["subjects"]:
                if not subject["pseudonym"].startswith(sector):
                    raise Refused("subject-foreign")
        try:
            day = ordinal(envelope["effective_on"])
        except ValueError as error:
            raise Refused("day-out-of-range") from error
        return Arrival(shape, urn, event.version, event.change, envelope, data, day)

    @staticmethod
    def _explain(shape: Shape, envelope: Any) -> None:
        error = next(iter(shape.validator.iter_errors(envelope)))
        path = "/" + "/".join(str(step) for step in error.schema_path)
        raise Refusal("shape-invalid", place=path[:500], subjects=_subjects(envelope))


def _subjects(envelope: Any) -> list[str]:
    """The pseudonyms in what may be anything."""
    subjects = envelope.get("subjects") if isinstance(envelope, dict) else None
    if not isinstance(subjects, list):
        return []
    named = [subject.get("pseudonym") for subject in subjects if isinstance(subject, dict)]
    return [pseudonym for pseudonym in named if isinstance(pseudonym, str)][:1000]
