"""Duties: what an office must do by itself when a day comes, such as ending what has lapsed."""

from __future__ import annotations

import asyncio
import contextlib
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import date

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.edge import Database
from onewindow_kit.problems import Problem
from onewindow_kit.telemetry import correlation_urn

LOOK = 1.0
"""Seconds between two looks at the calendar."""

Duty = Callable[[AsyncSession, date], Awaitable[int]]
log = structlog.get_logger(__name__)


class Duties:
    """Each duty takes a session and the legal day, does a batch and says how many; it comes again until that is none.

    A turn is one transaction under a lock of the duty's name, so that of several processes one does the work.
    """

    def __init__(
        self, database: Database, duties: Mapping[str, Duty], today: Callable[[], date], *, every: float = 30
    ) -> None:
        self._database, self._duties, self._today, self._every = database, dict(duties), today, every

    async def once(self) -> int:
        """Do all that is due now; how much it was. One duty's failure is logged and leaves the others alone."""
        done = 0
        for name, duty in self._duties.items():
            try:
                while count := await self._turn(name, duty):
                    done += count
            except (DBAPIError, Problem, OSError, TimeoutError) as error:
                log.warning("a duty was not done", duty=name, error=type(error).__name__)
        return done

    async def _turn(self, name: str, duty: Duty) -> int:
        async with self._database.sessions() as session, session.begin():
            lock = text("select pg_try_advisory_xact_lock(:duty)")
            if not (await session.execute(lock, {"duty": zlib.crc32(f"duty:{name}".encode())})).scalar_one():
                return 0  # another process is at it
            session.info["correlation"] = correlation_urn()
            count = await duty(session, self._today())
        if count:
            log.info("duty done", duty=name, count=count)
            self._database.wake()
        return count

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """In the background for as long as the block runs: on every new legal day at once, else ``every`` seconds."""
        task = asyncio.create_task(self._run(), name="duties")
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            day, again = self._today(), clock() + self._every
            await self.once()
            while clock() < again and self._today() == day:  # noqa: ASYNC110 (a new day is no event that one could await)
                await asyncio.sleep(LOOK)
