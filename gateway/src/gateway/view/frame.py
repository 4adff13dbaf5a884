"""What of a window does not depend on the person: its sections by the contracts, how fresh each is, as ready bytes."""

from __future__ import annotations

import time
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final, NamedTuple

import orjson
from onewindow_kit.clock import now

from gateway.view.shapes import SectionShape, Shapes

STALE_AFTER: Final = 10.0
"""Seconds without a heartbeat that was reached, after which a section counts as stale (a relay beats every second)."""
RENEWED_AFTER: Final = 0.05


class Freshness(NamedTuple):
    """``as_of`` None: no heartbeat was ever reached."""

    as_of: str | None
    seconds: float | None
    stale: bool


class Frame:
    """Of one edition of the contracts. ``order`` is the order of sections in a window."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self.order: tuple[SectionShape, ...] = tuple(shapes.sections[name] for name in sorted(shapes.sections))
        self._starts = [
            orjson.dumps({"section": s.name, "title": dict(s.title), "authorities": list(s.authorities)})[:-1] + b","
            for s in self.order
        ]
        self._brief_starts = [orjson.dumps({"section": s.name, "title": dict(s.title)})[:-1] + b"," for s in self.order]
        self.sections_of = _sections_of(shapes)
        self.digest = blake2b(b"\0".join(self._starts), digest_size=8).digest()
        self._heads: list[bytes] = []
        self.briefs: list[bytes] = []
        """The same for agencies, which are told less of each section; as new as ``heads``."""
        self._renewed = float("-inf")

    def heads(self, meta: Any) -> list[bytes]:
        """The beginning of each section's object in a window, freshness included. ``meta``: name -> bytes | None."""
        moment = time.monotonic()
        if moment - self._renewed > RENEWED_AFTER:
            self._renewed = moment
            fresh = [tuple(map(orjson.dumps, freshness(section, meta))) for section in self.order]
            self._heads = [
                start + b'"as_of":%b,"freshness":%b,"stale":%b,' % each
                for start, each in zip(self._starts, fresh, strict=True)
            ]
            self.briefs = [
                start + b'"as_of":%b,"stale":%b,' % (as_of, stale)
                for start, (as_of, _, stale) in zip(self._brief_starts, fresh, strict=True)
            ]
        return self._heads


def freshness(section: SectionShape, meta: Any) -> Freshness:
    """Of a section: as its least fresh department."""
    instants = [meta(f"as-of|{department}") for department in section.departments]
    if not instants or None in instants:
        return Freshness(None, None, True)
    oldest = min(raw.decode() for raw in instants)
    seconds = max(0.0, round((now() - datetime.fromisoformat(oldest)).total_seconds(), 3))
    return Freshness(oldest, seconds, seconds > STALE_AFTER)


def _sections_of(shapes: Shapes) -> dict[str, str]:
    """Record type -> section."""
    return {shape.type: shape.section for shape in shapes.topics.values() if shape.section is not None}
