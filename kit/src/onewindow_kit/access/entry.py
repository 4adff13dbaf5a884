"""One entry of the access record: JSON bytes, made once; what is stored is what is hashed and served.

Keys: ``id`` (22 base32 characters), ``at`` (RFC 3339, milliseconds, UTC), ``correlation``, ``subject`` (pseudonym of the
writer's sector, null when nobody was found or asked for), ``instance``, ``kind`` (own, look, register, service),
``outcome`` (answered, not-modified, refused, not-found), ``reason`` (of the decision), ``organisation`` (authority id; of
an own look the citizen's application), ``client``, ``actor`` (null: a machine), ``token`` (its jti), ``key`` (thumbprint of
the key that was proven), ``purpose``, ``legal_basis``, ``case``, ``records`` (record type -> properties that may have been
seen; ``["*"]``: all that the contract shows its subject), ``withheld`` (record type.property -> why not), ``operation``,
``asked`` and ``near`` (keyed hashes of what was looked up; null when nothing was). Never the data itself.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from onewindow_kit.callers import OWN_WINDOW, Principal
from onewindow_kit.randomness import LENGTH, base32

Kind = Literal["own", "look", "register", "service"]
Outcome = Literal["answered", "not-modified", "refused", "not-found"]
WHOLE = ("*",)
"""In ``records``: everything that the contract shows the record's subject."""
_POOL = 8192
_VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look was, apart from whom it showed and when. One serves all people on one page."""

    kind: Kind
    outcome: Outcome
    reason: str
    operation: str
    organisation: str
    client: str
    actor: str | None
    token: str
    key: str | None = None
    purpose: str | None = None
    legal_basis: str | None = None
    case: str | None = None
    records: Mapping[str, Iterable[str]] = field(default_factory=dict)
    withheld: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None
    near: str | None = None

    @classmethod
    def by(cls, caller: Principal, kind: Kind, outcome: Outcome, reason: str, operation: str, **more: Any) -> Seen:
        """A look by ``caller`` as its token describes it; ``more``: the fields that the token does not say."""
        own = caller.kind in OWN_WINDOW
        said = {
            "organisation": caller.client_id if own else caller.authority or caller.client_id,
            "client": caller.client_id,
            # A person who looks at their own window acts for nobody; who represents an organisation is named.
            "actor": caller.actor if caller.kind in ("representative", "agency") else None,
            "token": caller.token_id,
            "key": caller.thumbprint,
            "purpose": None if own else caller.purpose,
            "case": None if own else caller.case,
        }
        return cls(kind, outcome, reason, operation, **(said | more))

    def tail(self, instance: str, subject: str | None) -> bytes:
        """The end of an entry's JSON, from ``subject`` on: the same for every look like this at this person."""
        return tail(self.rest(instance), subject, self.asked, self.near)

    def rest(self, instance: str) -> bytes:
        """What comes after the person and what was asked: the same for every look like this at anybody."""
        records = {name: sorted(self.records[name]) for name in sorted(self.records)}
        rest = {
            "instance": instance,
            "kind": self.kind,
            "outcome": self.outcome,
            "reason": self.reason,
            "organisation": self.organisation,
            "client": self.client,
            "actor": self.actor,
            "token": self.token,
            "key": self.key,
            "purpose": self.purpose,
            "legal_basis": self.legal_basis,
            "case": self.case,
            "records": records,
            "withheld": dict(sorted(self.withheld.items())),
            "operation": self.operation,
        }
        return orjson.dumps(rest)[1:]


def tail(rest: bytes, subject: str | None, asked: str | None, near: str | None) -> bytes:
    """``Seen.tail`` from a ready ``Seen.rest``."""
    return b'"subject":%b,"asked":%b,"near":%b,%b' % (*map(orjson.dumps, (subject, asked, near)), rest)


_OWN = re.compile(rb'"subject":"([^"]*)","asked":null,"near":null,"instance":"[^"]*","kind":"own"')


def own_subject(entry: bytes) -> str | None:
    """Whose own look an entry tells of, read from its bytes; None when it tells of another kind of look."""
    found = _OWN.search(entry, 0, 300)
    return found[1].decode() if found else None


class Entries:
    """Makes entries: random ids and salts from the system's randomness, drawn in larger pieces because each costs a call."""

    def __init__(self) -> None:
        self._pool, self._at = b"", 0
        self._stamp, self._millisecond = b"", 0

    def make(self, tail: bytes, correlation: bytes) -> tuple[bytes, bytes]:
        """The id and the bytes of one entry; ``tail`` is ``Seen.tail``, ``correlation`` the id of the request."""
        name = base32(self.random(LENGTH))
        return name, b'{"id":"%b","at":"%b","correlation":"%b",%b' % (name, self._now(), correlation, tail)

    def random(self, count: int) -> bytes:
        """``count`` random bytes (at most 8192), never given out twice."""
        end = self._at + count
        if end > len(self._pool):
            self._pool, self._at, end = os.urandom(_POOL), 0, count
        piece = self._pool[self._at : end]
        self._at = end
        return piece

    def correlation(self) -> bytes:
        """A new id for a request that came without one: a UUID of version 4 (RFC 9562, 5.4)."""
        text = self.random(16).hex()
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{_VARIANT[text[16]]}{text[17:20]}-{text[20:]}".encode()

    def _now(self) -> bytes:
        millisecond = time.time_ns() // 1_000_000
        if millisecond != self._millisecond:
            seconds, rest = divmod(millisecond, 1000)
            self._millisecond = millisecond
            self._stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)).encode() + b".%03dZ" % rest
        return self._stamp
