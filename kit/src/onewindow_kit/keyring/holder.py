"""What one holder may open: its own file of keys, reloaded when somebody extended it."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOOK_EVERY = 5.0
"""Seconds after which a holder that seals looks for newer keys."""


@dataclass(frozen=True, slots=True)
class IssuerKeys:
    """Private JWKs: ``signing`` is the one in use; ``known`` also the next, published before it is used, and earlier ones."""

    signing: dict[str, Any]
    known: tuple[dict[str, Any], ...]


class NoKey(LookupError):
    """This holder was not given that key: not a producer or consumer of the topic, or the key id is unknown."""


class Keyring:
    """The keys of one holder (a department, the gateway, an agency).

    File layout (JSON, mode 0600; keys are base64 of 32 bytes)::

        {"holder": "housing",
         "topics": {"housing.title.v1": {"current": "k-3f9a21bc", "keys": {"k-3f9a21bc": "…"}}},
         "fields": {"current": "…", "keys": {…}},    columns of the holder's own database
         "view": {"current": "…", "keys": {…}},      the gateway's view store
         "record": {"current": "…", "keys": {…}, "blind": "…"},   the access record (its holder and the gateway)
         "log": {private JWK},                       signs the access record's checkpoints (Ed25519)
         "blind": "…",                               equality look-ups (HMAC-SHA256)
         "introductions": {"housing": {"current": "…", "keys": {…}}},   by receiving sector
         "client": {private JWK},
         "issuer": {"current": "…", "next": "…", "keys": {kid: private JWK}}}
    """

    def __init__(self, content: Mapping[str, Any], path: Path | None = None) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._content: Mapping[str, Any] = content
        self._decoded: dict[str, bytes] = {}
        self._currents: dict[tuple[str, ...], tuple[str, bytes]] = {}
        self._look_again = time.monotonic() + LOOK_EVERY

    @classmethod
    def load(cls, path: Path | str) -> Keyring:
        """Read ``path``; FileNotFoundError when the holder was never provisioned, ValueError when it is no keyring."""
        keyring = cls({}, Path(path))
        keyring.reload()
        return keyring

    @property
    def holder(self) -> str:
        return self._content["holder"]

    def topic_current(self, topic: str) -> tuple[str, bytes]:
        """Key id and key to seal with; NoKey unless the topic file names this holder."""
        return self._current("topics", topic)

    def topic_key(self, topic: str, key_id: str) -> bytes:
        """The key to open with; NoKey for an id that this holder was not given."""
        return self._key("topics", topic, key_id)

    def own_current(self, use: str) -> tuple[str, bytes]:
        """Key id and key of the holder's own stores: ``use`` is ``fields`` (columns), ``view`` (the gateway) or ``record``."""
        return self._current(use)

    def own_key(self, use: str, key_id: str) -> bytes:
        return self._key(use, key_id)

    @property
    def blind(self) -> bytes:
        return self._bytes(self._find("blind"))

    @property
    def record_blind(self) -> bytes:
        """For look-ups in the access record; only its holder and the gateway have it."""
        return self._bytes(self._find("record", "blind"))

    @property
    def log(self) -> dict[str, Any]:
        """The private JWK that signs the access record's checkpoints (its holder only)."""
        return dict(self._find("log"))

    def introduction(self, sector: str) -> tuple[str, bytes]:
        """Key id and key under which a pseudonym travels to ``sector`` from now on."""
        return self._current("introductions", sector)

    def introduction_key(self, sector: str, key_id: str) -> bytes:
        return self._key("introductions", sector, key_id)

    @property
    def sectors(self) -> tuple[str, ...]:
        """The sectors whose introductions this holder can open."""
        return tuple(self._content.get("introductions", ()))

    @property
    def client(self) -> dict[str, Any]:
        """The private JWK by which this holder proves itself to the issuer (private_key_jwt)."""
        return dict(self._find("client"))

    @property
    def issuer(self) -> IssuerKeys:
        """What signs access tokens and what tokens are verified by (identity only)."""
        self._look()
        ring = self._find("issuer")
        return IssuerKeys(dict(ring["keys"][ring["current"]]), tuple(dict(key) for key in ring["keys"].values()))

    def _current(self, *path: str) -> tuple[str, bytes]:
        self._look()
        current = self._currents.get(path)
        if current is None:
            ring = self._find(*path)
            current = self._currents[path] = ring["current"], self._bytes(ring["keys"][ring["current"]])
        return current

    def _look(self) -> None:
        # An unknown key makes an opener reload; who seals must look by itself, or a rotation would wait for a restart.
        if (moment := time.monotonic()) > self._look_again:
            self._look_again = moment + LOOK_EVERY
            if self._changed():
                self.reload()

    def _key(self, *path: str) -> bytes:
        *ring, key_id = path
        return self._bytes(self._find(*ring, "keys", key_id))

    def _find(self, *path: str) -> Any:
        for attempt in ("as loaded", "reloaded"):
            value: Any = self._content
            for step in path:
                value = value.get(step) if isinstance(value, Mapping) else None
            if value is not None:
                return value
            if attempt == "reloaded" or not self._changed():
                break
            self.reload()
        raise NoKey(f"{self._content.get('holder', '?')} holds no key at {'/'.join(path)}")

    def _bytes(self, text: str) -> bytes:
        key = self._decoded.get(text)
        if key is None:
            key = self._decoded[text] = base64.b64decode(text, validate=True)
        return key

    def _stamp(self) -> tuple[int, int, int] | None:
        if self._path is None:
            return None
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return self._seen
        return stat.st_mtime_ns, stat.st_ino, stat.st_size

    def _changed(self) -> bool:
        return self._stamp() != self._seen

    def reload(self) -> None:
        """Read the file again; the old keys stay if it is broken (ValueError)."""
        if self._path is None:
            return
        seen = self._stamp()
        content = json.loads(self._path.read_bytes())
        if not isinstance(content, dict) or "holder" not in content:
            raise ValueError(f"{self._path} is not a keyring")
        self._content, self._seen, self._currents = content, seen, {}
