"""Waiting for the projector: one look-out a process, and only while somebody waits.

Another process commits to the store, so there is nothing to be woken by; the look-out asks for the number of the last
transaction (2 µs) every other millisecond and wakes those whom the new ones may concern.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Final

from onewindow_kit.problems import Unavailable

EVERY: Final = 0.002
MOST: Final = 20_000
EVERYBODY: Final = b""
"""Waits for any transaction."""


class Pulse:
    """``marks``: last transaction; ``since``: which subjects changed after a number of the sequence, None if unknown."""

    def __init__(
        self, marks: Callable[[], object], sequence: Callable[[], int], since: Callable[[int], set[bytes] | None]
    ) -> None:
        self._marks, self._sequence, self._since = marks, sequence, since
        self._waiting: dict[bytes, set[asyncio.Future[None]]] = {}
        self._count = 0
        self._look_out: asyncio.Task[None] | None = None

    async def wait(self, keys: Iterable[bytes], within: float) -> bool:
        """Until one of these subjects (or EVERYBODY) may have changed; False after ``within`` seconds.

        Unavailable when too many wait already.
        """
        if self._count >= MOST:
            raise Unavailable("Too many readers wait at the moment.", retry_after=2)
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        keys = tuple(dict.fromkeys(keys))
        for key in keys:
            self._waiting.setdefault(key, set()).add(future)
        self._count += 1
        if self._look_out is None or self._look_out.done():
            self._look_out = asyncio.create_task(self._watch())
        try:
            await asyncio.wait_for(future, within)
        except TimeoutError:
            return False
        finally:
            self._count -= 1
            for key in keys:
                waiting = self._waiting[key]
                waiting.discard(future)
                if not waiting:
                    del self._waiting[key]
        return True

    def close(self) -> None:
        if self._look_out is not None:
            self._look_out.cancel()

    async def _watch(self) -> None:
        # At first everybody is woken: a change may have come between a reader's own look and this one's beginning.
        mark: object = None
        sequence = -1
        while self._waiting:
            await asyncio.sleep(EVERY)
            now = self._marks()
            if now == mark:
                continue
            mark = now
            self._wake({EVERYBODY})
            following = self._sequence()
            if following != sequence:
                changed = self._since(sequence) if 0 <= sequence < following else None
                self._wake(changed if changed is not None else set(self._waiting))
                sequence = following

    def _wake(self, keys: set[bytes]) -> None:
        for key in keys & self._waiting.keys():
            for future in self._waiting[key]:
                if not future.done():
                    future.set_result(None)
