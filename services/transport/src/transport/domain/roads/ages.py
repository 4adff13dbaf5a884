"""Ages for licence classes: asked of the population office as yes or no, never as a birth date (申领规定 14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgeQuestion:
    """``least`` must be reached by somebody who may have the classes; ``below`` must not be (None: no upper age)."""

    least: int
    below: int | None


def question(classes: Iterable[str], ages: Mapping[str, Sequence[int | None]]) -> AgeQuestion:
    """The two questions that decide for all ``classes`` together; ``ages`` has (least, below) of each class."""
    wanted = [ages[name] for name in classes]
    below = [limit for _, limit in wanted if limit is not None]
    return AgeQuestion(max(least or 0 for least, _ in wanted), min(below) if below else None)
