"""Waiting for something that another process does."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def eventually(check: Callable[[], T | Awaitable[T]], *, within: float = 10.0, every: float = 0.02) -> T:
    """The first truthy result of ``check``; AssertionError after ``within`` seconds, naming the last result."""
    end = time.monotonic() + within
    while True:
        outcome = check()
        result = await outcome if inspect.isawaitable(outcome) else outcome
        if result:
            return result  # type: ignore[return-value]  # narrowed by isawaitable
        if time.monotonic() > end:
            raise AssertionError(f"not within {within} s; last seen: {result!r}")
        await asyncio.sleep(every)
