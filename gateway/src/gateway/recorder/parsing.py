"""An entry's bytes as columns: what is stored in clear, and what stands in for it."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import Any, Final, NamedTuple

import orjson

from gateway.recorder.chain import Broken

_SHAPE: Final = (
    *("kind", "outcome", "reason", "organisation", "purpose", "legal_basis", "operation", "records", "withheld"),
)
_SORTED: Final = orjson.OPT_SORT_KEYS


class Shape(NamedTuple):
    """Everything of an entry that names neither person nor case nor credential nor time; both last ones are JSON."""

    kind: str
    outcome: str
    reason: str | None
    organisation: str
    purpose: str | None
    legal_basis: str | None
    operation: str
    records: str
    withheld: str


class Credential(NamedTuple):
    """``actor`` is an officer; who looks at what is their own stays unnamed here."""

    client: str
    actor: str | None
    token: str
    key: str | None


class Parsed(NamedTuple):
    """``salted`` is salt and bytes: what the leaf is the hash of."""

    id: str
    at: datetime
    subject: str | None
    credential: Credential
    shape: Shape
    salted: bytes


def parse(salt: bytes, entry: bytes) -> Parsed:
    """Broken for bytes that no writer of ours makes."""
    try:
        said: dict[str, Any] = orjson.loads(entry)
        actor = None if said["kind"] == "own" else said["actor"]
        *texts, records, withheld = [said[name] for name in _SHAPE]
        return Parsed(
            said["id"],
            datetime.fromisoformat(said["at"]),
            said["subject"],
            Credential(said["client"], actor, said["token"], said["key"]),
            Shape(
                *texts, orjson.dumps(records, option=_SORTED).decode(), orjson.dumps(withheld, option=_SORTED).decode()
            ),
            salt + entry,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Broken("entry-malformed", f"an entry cannot be read: {type(error).__name__}") from error


def digest(values: Shape | Credential) -> bytes:
    """By which the row is found."""
    return blake2b(orjson.dumps(list(values)), digest_size=16, person=b"ow-row").digest()
