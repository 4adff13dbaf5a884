"""The chain that one process writes: each batch carries its number and the hash of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from onewindow_kit.access import batch
from onewindow_kit.randomness import random_id
from onewindow_kit.sealing import Sealer


class Chain:
    """Begins anew under a random name; ``after`` names the chain given up before and its last acknowledged number."""

    def __init__(self, sealer: Sealer, after: tuple[str, int] | None = None) -> None:
        self.writer = random_id()
        self._sealer, self._after = sealer, after
        self._number, self._previous = 0, b""
        self.acknowledged = -1
        """The number of the last batch that Kafka acknowledged."""

    def next(self, frames: Sequence[bytes]) -> tuple[list[tuple[str, bytes]], bytes]:
        """Headers and sealed value of the next batch. From here on its number is taken: what is not sent is a gap."""
        after = None if self._number else self._after
        headers, value = batch.seal(self._sealer, self.writer, self._number, self._previous, after, frames)
        self._number, self._previous = self._number + 1, sha256(value).digest()
        return headers, value

    def acknowledge(self) -> None:
        """All batches made so far are in Kafka."""
        self.acknowledged = self._number - 1

    @property
    def place(self) -> tuple[str, int]:
        """What a chain that follows this one names as ``after``; of one that never reached Kafka, what that one named."""
        if self.acknowledged < 0 and self._after is not None and not self._number:
            return self._after
        return self.writer, self.acknowledged
