"""One alarm, and its form in Kafka.

Value: sealed JSON of the fields below; place of the seal: topic, id, 1. Key: the id. Header ``ow-key``: the key's id. Every
node that sees the same thing writes the same id, so whoever keeps alarms keeps them by id and ignores repeats.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Any, Final, Literal

import orjson

from onewindow_kit.keyring import NoKey
from onewindow_kit.sealing import Sealer, Tampered

TOPIC: Final = "access.alarms.v1"
Kind = Literal["budget", "canary", "repeat", "sequential", "enumeration"]
Scope = Literal["officer", "organisation"]


class Malformed(ValueError):
    """No alarm: not sealed for this place, or without its fields."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """``kind`` budget is one that was reached: ``scope`` says who is locked by it until a supervisor lifts that.

    ``at`` is RFC 3339, UTC. ``organisation`` is an authority's id (a service's client id), ``officer`` the acting person, None
    for a machine. ``budget`` names what was counted (``actor-hour``), ``count`` what was reached of ``limit``. ``entry`` is the
    id of the access entry that led here, where one did; through it a supervisor finds whom it concerns.
    """

    id: str
    at: str
    instance: str
    kind: Kind
    scope: Scope
    organisation: str
    client: str
    officer: str | None
    purpose: str | None
    budget: str | None = None
    limit: int | None = None
    count: int | None = None
    entry: str | None = None

    def body(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @classmethod
    def of(cls, body: Any) -> Alarm:
        """Malformed for anything else than what ``body`` gives; more fields are ignored."""
        try:
            return cls(**{each.name: body[each.name] for each in fields(cls)})
        except (KeyError, TypeError) as error:
            raise Malformed("an alarm lacks a field") from error


def identity(*parts: object) -> str:
    """22 characters that are the same wherever the same thing is seen."""
    digest = blake2b("\0".join(map(str, parts)).encode(), digest_size=14).digest()
    return base64.b32encode(digest).decode()[:22].lower()


def sealed(sealer: Sealer, alarm: Alarm) -> tuple[bytes, bytes, list[tuple[str, bytes]]]:
    """Key, value and headers of its Kafka record. NoKey for a holder that the topic file does not name."""
    key_id, value = sealer.seal(TOPIC, alarm.id, 1, orjson.dumps(alarm.body()))
    return alarm.id.encode(), value, [("ow-key", key_id.encode())]


def opened(sealer: Sealer, key: bytes | None, value: bytes | None, headers: Sequence[tuple[str, bytes]]) -> Alarm:
    """The alarm in a Kafka record; Malformed if there is none."""
    try:
        name, key_id = (key or b"").decode(), dict(headers)["ow-key"].decode()
        alarm = Alarm.of(orjson.loads(sealer.open(TOPIC, key_id, name, 1, value or b"")))
    except (KeyError, UnicodeDecodeError, NoKey, Tampered, orjson.JSONDecodeError) as error:
        raise Malformed("no alarm can be read from it") from error
    if alarm.id != name:
        raise Malformed("the alarm is another's")
    return alarm
