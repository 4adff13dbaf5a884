"""Locks that this node set itself, or heard of in an alarm, until oversight's record of the lock is there.

They hold at once, across restarts and hours, and when oversight is down. They end when a lock of the same acting person or
organisation is lifted after they were set.
"""

from __future__ import annotations

import struct
from typing import Any, Protocol

_SINCE = struct.Struct(">Q")


class Standing(Protocol):
    """What oversight's records say (``onewindow_kit.revocations.Revocations``); ``officer`` None: the whole organisation."""

    def locked(self, organisation: str, officer: str | None) -> object | None:
        """The lock in force, None without one."""

    def lifted(self, organisation: str, officer: str | None) -> int | None:
        """Unix milliseconds at which the newest lock was lifted, None if none ever was."""


class Locks:
    """``standing`` is None where no oversight is followed: then only this node's own locks hold, until they are dropped."""

    def __init__(self, database: Any, standing: Standing | None) -> None:
        self._database, self._standing = database, standing

    def put(self, transaction: Any, organisation: str, actor: str | None, since: int) -> None:
        """Locked from ``since`` (unix milliseconds) on, unless lifted later than that."""
        transaction.put(_key(organisation, actor), _SINCE.pack(since), db=self._database)

    def holds(self, transaction: Any, organisation: str, actor: str | None) -> bool:
        """Whether this person (None: this organisation) is locked, by oversight or by this node."""
        if self._standing is not None and self._standing.locked(organisation, actor) is not None:
            return True
        raw = transaction.get(_key(organisation, actor), db=self._database)
        return raw is not None and _SINCE.unpack(raw)[0] > self.lifted(organisation, actor)

    def lifted(self, organisation: str, actor: str | None) -> int:
        """When a supervisor last lifted a lock of theirs (unix milliseconds), 0 for never."""
        return (self._standing.lifted(organisation, actor) or 0) if self._standing is not None else 0


def _key(organisation: str, actor: str | None) -> bytes:
    return f"{organisation}\0{actor or ''}".encode()
