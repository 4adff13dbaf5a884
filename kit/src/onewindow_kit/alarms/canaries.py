"""Canaries: people who do not exist, of whom nobody has a reason to ask. Any look at one is an alarm.

Which they are is known to the holder of the list alone: a file of keyed hashes outside every register and every dump, one
a line. Departments' clerks, who have the records, cannot tell them from anybody else.
"""

from __future__ import annotations

import hmac
import os
import time
from pathlib import Path

LOOK_EVERY = 5.0
"""Seconds after which a changed list is read."""


class Canaries:
    """The list in ``path`` (None or absent: no canaries); ``key`` is the holder's blind key."""

    def __init__(self, path: Path | None, key: bytes) -> None:
        self._path, self._key = path, key
        self._hashes: frozenset[str] = frozenset()
        self._stamp: tuple[int, int] | None = None
        self._look_again = float("-inf")

    def __contains__(self, pseudonym: str) -> bool:
        self._refresh()
        return bool(self._hashes) and self._hash(pseudonym) in self._hashes

    def designate(self, pseudonyms: list[str]) -> int:
        """Add them to the list, readable by its owner only; how many are new. RuntimeError without a path."""
        if self._path is None:
            raise RuntimeError("no file of canaries is set")
        known = set(self._path.read_text().split()) if self._path.exists() else set()
        fresh = {self._hash(pseudonym) for pseudonym in pseudonyms} - known
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        whole = self._path.with_name(f".{self._path.name}.new")
        handle = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.writelines(f"{line}\n" for line in sorted(known | fresh))
        whole.replace(self._path)
        return len(fresh)

    def _hash(self, pseudonym: str) -> str:
        return hmac.digest(self._key, f"canary\0{pseudonym}".encode(), "sha256").hex()

    def _refresh(self) -> None:
        if self._path is None or (moment := time.monotonic()) < self._look_again:
            return
        self._look_again = moment + LOOK_EVERY
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            self._hashes, self._stamp = frozenset(), None
            return
        if (stamp := (stat.st_mtime_ns, stat.st_ino)) != self._stamp:
            self._hashes, self._stamp = frozenset(self._path.read_text().split()), stamp
