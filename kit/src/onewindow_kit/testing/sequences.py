"""How many random sequences of commands a property is tried with: some in every run, fifty times as many in a long one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hypothesis import settings

LONG = "ONEWINDOW_LONG"
TIMES = 50


def sequences(count: int) -> int:
    """``count`` in every run, ``TIMES`` as many with ``./onewindow test --long``."""
    return count * TIMES if os.environ.get(LONG) else count


def thorough(count: int, **more: object) -> settings:
    """Hypothesis settings for that many sequences: the same ones in every run, others in each long run."""
    from hypothesis import HealthCheck, settings

    return settings(
        max_examples=sequences(count),
        deadline=None,
        derandomize=not os.environ.get(LONG),
        database=None,
        suppress_health_check=list(HealthCheck),
        **more,  # type: ignore[arg-type]  # hypothesis checks them
    )
