"""The form of an event in Kafka: CloudEvents' binary binding, sealed data, and what a reader checks at the door."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from onewindow_kit.keyring import NoKey
from onewindow_kit.sealing import Sealer, Tampered

ERASURE = "ow-erasure"
"""The header of a tombstone that proves it: the seal of nothing, in this place. Without it whoever can write to Kafka
could erase."""
SEALED = b"application/vnd.onewindow.sealed"
Headers = list[tuple[str, bytes]]


class Refused(Exception):
    """An event that may not come in; ``code`` is the reason in the dead letter (kebab-case, no personal data)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it lies in Kafka. ``topic`` is without prefix; ``type`` is ``<department>.<record-type>.<change>``.

    ``sealed`` of an erased record is the proof of its tombstone; ``envelope`` is there once any other event was opened.
    """

    topic: str
    partition: int
    offset: int
    urn: str
    version: int
    type: str
    authority: str
    key_id: str
    correlation: str
    sealed: bytes
    envelope: dict[str, Any] | None = None

    @property
    def change(self) -> str:
        return self.type.rpartition(".")[2]


@lru_cache(maxsize=4096)
def _fixed(instance: str, topic: str, authority: str, change: str) -> tuple[tuple[str, bytes], ...]:
    department, record_type, _ = topic.split(".", 2)
    return (
        ("ce_specversion", b"1.0"),
        ("ce_source", f"/{instance}/{authority}".encode()),
        ("ce_type", f"{department}.{record_type}.{change}".encode()),
        ("ce_dataschema", topic.encode()),
        ("content-type", SEALED),
    )


def headers(
    instance: str,
    topic: str,
    urn: str,
    version: int,
    change: str,
    authority: str,
    key_id: str,
    correlation: str,
    recorded_at: datetime,
) -> Headers:
    """The headers of a record's event. Attribute by attribute what the ``cloudevents`` library writes, without its cost."""
    return [
        *_fixed(instance, topic, authority, change),
        ("ce_id", f"{urn}@{version}".encode()),
        ("ce_time", recorded_at.astimezone(UTC).isoformat().replace("+00:00", "Z").encode()),
        ("ow-key", key_id.encode()),
        ("ow-version", b"%d" % version),
        ("ow-correlation", correlation.encode()),
    ]


def read(
    topic: str, partition: int, offset: int, key: bytes | None, value: bytes | None, head: Sequence[tuple[str, bytes]]
) -> Event:
    """The event in a Kafka message of ``topic`` (without prefix); Refused when it has not the form of one."""
    try:
        text = {name: raw.decode("ascii" if name == "ow-version" else "utf-8") for name, raw in head if name != ERASURE}
        urn = (key or b"").decode()
        version = int(text["ow-version"])
        authority = text["ce_source"].rsplit("/", 1)[1]
        event = Event(
            topic,
            partition,
            offset,
            urn,
            version,
            text["ce_type"],
            authority,
            text["ow-key"],
            text["ow-correlation"],
            dict(head).get(ERASURE, b"") if value is None else value,
        )
    except KeyError as error:
        raise Refused("header-missing", f"header {error.args[0]} is missing") from error
    except (UnicodeDecodeError, ValueError, IndexError) as error:
        raise Refused("header-malformed", "a header or the key cannot be read") from error
    if text.get("ce_specversion") != "1.0" or text.get("ce_dataschema") != topic:
        raise Refused("header-malformed", "ce_specversion or ce_dataschema is not this topic's")
    if not urn.startswith("urn:onewindow:") or version < 1 or text.get("ce_id") != f"{urn}@{version}":
        raise Refused("header-malformed", "key, version and ce_id do not name one version of a record")
    if event.type.rpartition(".")[0] != topic.rpartition(".")[0]:
        raise Refused("header-malformed", "ce_type is not of this topic")
    if (event.change == "erased") != (value is None):
        raise Refused("erasure-malformed", "exactly an erased record has no value")
    return event


def opened(sealer: Sealer, event: Event) -> Event:
    """``event`` with its envelope; Refused when it does not open or the envelope is about something else.

    A tombstone that proves itself comes back unchanged: it has no envelope.
    """
    data = unsealed(sealer, event)
    if event.change == "erased":
        return event
    try:
        envelope = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused("data-malformed", "the opened data is no JSON") from error
    if not isinstance(envelope, dict):
        raise Refused("data-malformed", "the envelope is no object")
    said = {"urn": event.urn, "version": event.version, "change": event.change, "authority": event.authority}
    for name, value in said.items():
        if envelope.get(name) != value:
            raise Refused("envelope-mismatch", f"'{name}' differs between headers and envelope")
    return Event(
        event.topic,
        event.partition,
        event.offset,
        event.urn,
        event.version,
        event.type,
        event.authority,
        event.key_id,
        event.correlation,
        event.sealed,
        envelope,
    )


def unsealed(sealer: Sealer, event: Event) -> bytes:
    """The opened data, nothing for an erased record; Refused when the seal does not belong there."""
    try:
        return sealer.open(event.topic, event.key_id, event.urn, event.version, event.sealed)
    except NoKey as error:
        raise Refused("key-unknown", str(error)) from error
    except Tampered as error:
        raise Refused("seal-broken", str(error)) from error


def check_authority(event: Event, owners: Mapping[str, frozenset[str]]) -> None:
    """Refused unless the event's authority owns its topic; ``owners``: topic to authority ids."""
    if event.authority not in owners.get(event.topic, ()):
        raise Refused("authority-foreign", "the authority does not own this topic")
