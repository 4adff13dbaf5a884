"""Numbering and chain of batches: each writer counts its batches and names the hash of the one before, so that a batch
that is missing, repeated, changed or in the wrong place shows. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from onewindow_kit.access import Batch


class Broken(Exception):
    """What stops the record; nothing after it is stored. ``code`` is kebab-case; the text names no person."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Link(NamedTuple):
    """A writer's newest batch in the record."""

    number: int
    digest: bytes


class Chains:
    """Every writer's newest batch, as the record has it plus what was ``taken`` since."""

    def __init__(self, known: Mapping[str, Link]) -> None:
        self._links = dict(known)
        self.taken: dict[str, Link] = {}

    def take(self, batch: Batch) -> None:
        """Let the batch follow its writer's last; Broken unless it is exactly the next."""
        last = self._links.get(batch.writer)
        if last is None:
            self._begins(batch)
        elif batch.number <= last.number:
            raise Broken("batch-repeated", f"writer {batch.writer} sent batch {batch.number} after {last.number}")
        elif batch.number > last.number + 1:
            raise Broken("batch-missing", f"writer {batch.writer} sent batch {batch.number} after {last.number}")
        elif batch.previous != last.digest:
            raise Broken("batch-changed", f"batch {batch.number} of {batch.writer} does not follow the one before it")
        self._links[batch.writer] = self.taken[batch.writer] = Link(batch.number, batch.digest)

    def _begins(self, batch: Batch) -> None:
        if batch.number != 0:
            raise Broken("batch-missing", f"writer {batch.writer} begins with batch {batch.number}")
        if batch.previous:
            raise Broken("batch-changed", f"the first batch of {batch.writer} names one before it")
        if batch.after is not None:
            former, acknowledged = batch.after
            reached = self._links[former].number if former in self._links else -1
            if reached < acknowledged:
                raise Broken("batch-missing", f"writer {former} had batch {acknowledged} acknowledged, {reached} came")
