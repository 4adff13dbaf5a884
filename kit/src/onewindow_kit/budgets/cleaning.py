"""Forgetting hours and days that no look can count in any more."""

from __future__ import annotations

import asyncio
import time
from itertools import product
from typing import Final

from onewindow_kit.budgets.budgets import Budgets
from onewindow_kit.budgets.distinct import Distinct

EVERY: Final = 60.0  # seconds
PIECE: Final = 500  # keys dropped in one transaction, for which looks of all processes wait
KEPT: Final = {"hour": 2 * 3_600_000, "day": 2 * 86_400_000}
"""Milliseconds: an entry may be folded some time after it was made."""


async def clean(budgets: Budgets) -> None:
    """Again and again, in small pieces."""
    node = budgets.node
    databases = [Distinct(node.database(name)) for name in ("usage", "patterns")]
    while True:
        moment = time.time_ns() // 1_000_000
        ends = [budgets.periods.of("hour", moment - KEPT["hour"]), budgets.periods.of("day", moment - KEPT["day"])]
        for database, end in product(databases, ends):
            dropped = PIECE
            while dropped == PIECE:
                with node.write() as transaction:
                    dropped = database.forget(transaction, end.key[:1], end.key, PIECE)
                await asyncio.sleep(0)
        await asyncio.sleep(EVERY)
