"""How fresh a department's records are: its newest heartbeat whose offsets the view has reached.

A relay that has sent all it had says each second where its topics end. Once the view is there, it holds everything that
the department had published at that moment. A quiet department goes on saying so; a dead one does not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from onewindow_kit.clock import now, stamp

KEPT: Final = 120

Reached = Callable[[str, int], int | None]
"""(topic without prefix, partition) -> next offset of the view; None: the view does not follow that partition."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    at: str
    ends: tuple[tuple[str, int, int], ...]


class Heartbeats:
    """Keeps the newest heartbeats of each department until the view has reached them."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Heartbeat]] = {}

    def arrive(self, department: str, value: bytes | None) -> bool:
        """Take in one message of a heartbeat topic. False when it is not of the form of one; then it changes nothing."""
        heartbeat = _read(department, value)
        if heartbeat is None:
            return False
        self._waiting.setdefault(department, deque(maxlen=KEPT)).append(heartbeat)
        return True

    def reached(self, reached: Reached) -> dict[str, str]:
        """Departments whose ``as_of`` moves, with the new instant."""
        moved = {}
        for department, waiting in self._waiting.items():
            # From the newest: one that names offsets nobody ever reaches (a topic made anew) must not hold up the others.
            for place in range(len(waiting) - 1, -1, -1):
                if all(_is_reached(reached(topic, number), end) for topic, number, end in waiting[place].ends):
                    moved[department] = waiting[place].at
                    for _ in range(place + 1):
                        waiting.popleft()
                    break
        return moved


def _is_reached(position: int | None, end: int) -> bool:
    return position is None or position >= end


def _read(department: str, value: bytes | None) -> Heartbeat | None:
    try:
        said: Any = orjson.loads(value or b"")
        at = datetime.fromisoformat(said["at"])
        offsets = said["offsets"]
        ends = tuple((topic, int(partition), end) for topic, ends in offsets.items() for partition, end in ends.items())
        if said["department"] != department or at.tzinfo is None or not all(type(end) is int for _, _, end in ends):
            return None
        # A clock that runs ahead must not make a department look fresh after its death.
        return Heartbeat(said["at"] if at <= now() else stamp(now()), ends) if isinstance(offsets, Mapping) else None
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError):
        return None
