"""How many streams of changes may stay open: each holds a socket and a task for as long as its token lives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from onewindow_kit.problems import TooManyRequests, Unavailable


class Streams:
    """At most ``each`` for one person and ``together`` for all, in one process."""

    def __init__(self, each: int = 8, together: int = 20_000) -> None:
        self._each, self._together = each, together
        self._open: Counter[str] = Counter()

    @contextmanager
    def place(self, subject: str) -> Iterator[None]:
        """A place while the stream lasts; TooManyRequests or Unavailable when there is none."""
        if self._open[subject] >= self._each:
            raise TooManyRequests(
                "This person already follows changes from as many places as allowed.", headers={"Retry-After": "30"}
            )
        if self._open.total() >= self._together:
            raise Unavailable("Too many streams are open.", retry_after=10)
        self._open[subject] += 1
        try:
            yield
        finally:
            self._open[subject] -= 1
            if not self._open[subject]:
                del self._open[subject]
