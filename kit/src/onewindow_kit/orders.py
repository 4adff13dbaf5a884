"""The supervision office's orders in force: revoked credentials, locked officers; folded from its records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from onewindow_kit.callers import Principal
from onewindow_kit.wire import Event

ENDED = ("ended", "erased")
KINDS = ("client", "officer", "token", "key")


@dataclass(frozen=True, slots=True)
class Lock:
    """``officer`` None: the whole office. ``alarm`` is the id of the alarm that led to it, None for a supervisor's own."""

    organisation: str
    officer: str | None
    cause: str
    since: str
    alarm: str | None


class Orders:
    """Everything ordered, by the records' newest versions."""

    def __init__(self) -> None:
        self.locks: dict[tuple[str, str | None], Lock] = {}
        self.lifted: dict[tuple[str, str | None], int] = {}
        self.unreadable: set[str] = set()
        """URNs of records whose newest version says something that this release does not know."""
        self._versions: dict[str, int] = {}
        self._revocations: dict[str, dict[str, Any]] = {}
        self._locks: dict[str, Lock] = {}
        self._clients: frozenset[str] = frozenset()
        self._tokens: frozenset[str] = frozenset()
        self._keys: frozenset[str] = frozenset()
        self._officers: frozenset[tuple[str | None, str]] = frozenset()

    def revoked(self, caller: Principal) -> bool:
        return self.revokes(
            client=caller.client_id, organisation=caller.authority, officer=caller.actor, key=caller.thumbprint
        ) or (caller.token_id in self._tokens)

    def revokes(self, *, client: str, organisation: str | None, officer: str | None, key: str | None) -> bool:
        """Whether any of them was revoked: asked before a new token is given out too."""
        return client in self._clients or key in self._keys or (organisation, officer) in self._officers

    def take(self, event: Event) -> None:
        """A lower or equal version than the known one changes nothing."""
        if event.version <= self._versions.get(event.urn, 0):
            return
        self._versions[event.urn] = event.version
        self.unreadable.discard(event.urn)
        try:
            if event.topic.split(".")[1] == "lock":
                self._take_lock(event)
            else:
                self._take_revocation(event)
        except (KeyError, TypeError, ValueError):
            self.unreadable.add(event.urn)

    def _take_lock(self, event: Event) -> None:
        known = self._locks.pop(event.urn, None)
        if event.change in ENDED:
            if event.envelope is not None:
                body = event.envelope["body"]
                pair = body["organisation"], body["officer"]
                self.lifted[pair] = max(self.lifted.get(pair, 0), _milliseconds(event.envelope["recorded_at"]))
        else:
            body = (event.envelope or {})["body"]
            known = Lock(body["organisation"], body["officer"], body["cause"], body["since"], body.get("alarm"))
            self._locks[event.urn] = known
        self.locks = {(lock.organisation, lock.officer): lock for lock in self._locks.values()}

    def _take_revocation(self, event: Event) -> None:
        self._revocations.pop(event.urn, None)
        if event.change not in ENDED:
            body = (event.envelope or {})["body"]
            if body["kind"] not in KINDS or not isinstance(body["value"], str):
                raise ValueError("a kind of revocation that this release does not know")
            if body["until"] is None or _milliseconds(body["until"]) > datetime.now(UTC).timestamp() * 1000:
                self._revocations[event.urn] = body
        values = self._revocations.values()
        self._clients = frozenset(each["value"] for each in values if each["kind"] == "client")
        self._tokens = frozenset(each["value"] for each in values if each["kind"] == "token")
        self._keys = frozenset(each["value"] for each in values if each["kind"] == "key")
        self._officers = frozenset(
            (each["organisation"], each["value"]) for each in values if each["kind"] == "officer"
        )


def _milliseconds(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp() * 1000)
