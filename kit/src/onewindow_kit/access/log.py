"""What routes use: keep the entries of an answer, then let it leave."""

from __future__ import annotations

from asyncio import Future
from collections.abc import Iterable
from typing import NamedTuple

from onewindow_kit.access.entry import Entries, Seen
from onewindow_kit.access.writer import Writer
from onewindow_kit.telemetry import correlation_id, new_correlation_id

HEADER = "Onewindow-Entry"
COUNT_HEADER = "Onewindow-Entries"


class Kept(NamedTuple):
    """The entries that an answer is kept under: the id of the first and how many there are."""

    id: str
    count: int

    @property
    def headers(self) -> dict[str, str]:
        """What the answer says of them."""
        named = {HEADER: self.id}
        return named if self.count == 1 else named | {COUNT_HEADER: str(self.count)}


class AccessLog:
    """Entries of one process of ``instance``, through ``writer``."""

    def __init__(self, instance: str, writer: Writer) -> None:
        self.instance, self._writer, self._entries = instance, writer, Entries()

    @property
    def takes(self) -> bool:
        """Whether entries are taken at present."""
        return self._writer.connected

    async def keep(self, seen: Seen, subjects: Iterable[str | None]) -> Kept:
        """One entry for each of ``subjects`` (pseudonyms of the writer's sector; one None where nobody was shown), all
        acknowledged by Kafka when this returns. EntryNotKept when they are not: then nothing may leave."""
        correlation = (correlation_id.get() or new_correlation_id()).encode()
        made = [self._entries.make(seen.tail(self.instance, each), correlation) for each in dict.fromkeys(subjects)]
        if not made:
            raise ValueError("a look without an entry: name its subjects, or None for nobody")
        await self._writer.put([(self._entries.random(16), entry) for _, entry in made])
        return Kept(made[0][0].decode(), len(made))

    def correlation(self) -> bytes:
        """A new id for a request that came without one."""
        return self._entries.correlation()

    def put(self, tail: bytes, correlation: bytes) -> tuple[bytes, Future[None]]:
        """The hot path's: one entry from a ready ``tail`` (``Seen.tail``). Its id, and what to await before the answer
        leaves: EntryNotKept, at once or by the future."""
        name, entry = self._entries.make(tail, correlation)
        return name, self._writer.put([(self._entries.random(16), entry)])
