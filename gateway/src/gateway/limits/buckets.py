"""Token buckets, one a client, in flat memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable


class Buckets:
    """Each key may take ``burst`` at once and ``rate`` a second in the long run.

    Full buckets are the same as none, so only clients that were seen lately take memory; past ``remember`` keys the
    older half is forgotten, which is never stricter than the rule. One process counts for itself: with several workers
    pass each its part of the rate.
    """

    def __init__(
        self, rate: float, burst: float, *, remember: int = 100_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if rate <= 0 or burst < 1:
            raise ValueError("a bucket needs a rate above 0 and a burst of at least 1")
        self.rate, self.burst = rate, burst
        self._remember, self._clock = remember, clock
        self._levels: dict[Hashable, tuple[float, float]] = {}

    def take(self, key: Hashable) -> float:
        """Take one. 0.0 when there was one, else the seconds until there is (and nothing is taken)."""
        level, moment = self._level(key)
        if level < 1:
            return (1 - level) / self.rate
        self._put(key, level - 1, moment)
        return 0.0

    def wait(self, key: Hashable) -> float:
        """Seconds until ``key`` could take one, without taking: 0.0 when it could now."""
        level, _ = self._level(key)
        return 0.0 if level >= 1 else (1 - level) / self.rate

    def _level(self, key: Hashable) -> tuple[float, float]:
        moment = self._clock()
        known = self._levels.get(key)
        if known is None:
            return self.burst, moment
        level, since = known
        return min(self.burst, level + (moment - since) * self.rate), moment

    def _put(self, key: Hashable, level: float, moment: float) -> None:
        if len(self._levels) >= self._remember and key not in self._levels:
            for old in list(self._levels)[: self._remember // 2]:
                del self._levels[old]
        self._levels[key] = (level, moment)
