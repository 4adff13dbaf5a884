"""Waking the relay after a commit: NOTIFY on a connection of its own, at most once in three milliseconds.

NOTIFY inside the command's transaction would make all committers queue for one lock. A lost wake-up costs only the
relay's poll interval, so failure here is never an error of the command.
"""

from __future__ import annotations

import asyncio

import asyncpg
import structlog

CHANNEL = "onewindow_outbox"
DEBOUNCE = 0.003

log = structlog.get_logger(__name__)


class Waker:
    """``async with Waker(url) as waker: … commit; waker.wake()``. ``url`` is ``postgresql[+asyncpg]://…``."""

    def __init__(self, url: str) -> None:
        scheme, rest = url.split("://", 1)
        self._url = f"{scheme.split('+', 1)[0]}://{rest}"
        self._wanted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._connection: asyncpg.Connection | None = None

    async def __aenter__(self) -> Waker:
        self._task = asyncio.create_task(self._run(), name="waker")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._connection is not None:
            self._connection.terminate()

    def wake(self) -> None:
        """Say that something was committed; returns at once."""
        self._wanted.set()

    async def _run(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                connection = self._connection
                if connection is None or connection.is_closed():
                    self._connection = connection = await asyncpg.connect(
                        self._url, timeout=5, server_settings={"application_name": "onewindow.waker"}
                    )
                await connection.execute(f"notify {CHANNEL}", timeout=5)
                # The first commit wakes at once; those of the next three milliseconds share one wake-up.
                await asyncio.sleep(DEBOUNCE)
            except Exception as error:
                # asyncpg has many names for a connection that just went (also InternalClientError, an Exception of its
                # own); a waker that ended over one of them would slow down every later event.
                log.warning("relay not woken, it will poll", error=type(error).__name__)
                if self._connection is not None:
                    self._connection.terminate()
                self._connection = None
                self._wanted.set()  # say it again on a new connection
                await asyncio.sleep(0.5)
