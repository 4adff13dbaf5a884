"""One import: read, parse, store in batches; every batch and its place in the file are one transaction."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import structlog
from pydantic import ValidationError
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.imports import progress
from onewindow_kit.imports.formats import Format, recognise
from onewindow_kit.imports.labels import Labels
from onewindow_kit.imports.progress import Place
from onewindow_kit.imports.rejects import RejectsFile
from onewindow_kit.imports.rows import Parsed, Refusal, Row, RowRefused, refusals_of
from onewindow_kit.imports.show import Report
from onewindow_kit.imports.survey import survey
from onewindow_kit.problems import Problem

BATCH = 2000

Parse = Callable[[dict[str, Any]], Any]
Refused = Iterable[tuple[Parsed, Refusal]]
Prepare = Callable[[list[Parsed]], Awaitable[Refused | None]]
Store = Callable[[AsyncSession, list[Parsed]], Awaitable[Refused | None]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it, over all runs of this file. ``finished`` is False after Ctrl-C; ``again``: done before."""

    stored: int
    refused: int
    finished: bool
    again: bool
    rejects: Path | None
    seconds: float


@dataclass(frozen=True, slots=True)
class _Batch:
    rows: list[Row]
    good: list[Parsed]
    refused: list[tuple[int, str, tuple[Refusal, ...]]]


@dataclass(frozen=True, slots=True)
class Import:
    """What a department imports under the name ``target`` (e.g. ``housing.title``).

    ``labels``: field to its headers, Chinese and English. ``parse(values)``: the validated model; pydantic's errors and
    RowRefused make a refused row (from CSV every value is text or None). ``prepare(rows)``: what needs other parties
    (numbers for pseudonyms, in batches) before the transaction; ``store(session, rows)``: stores and publishes, commits
    nothing. Both return the rows that they refuse. If ``store`` raises a Problem below 500 or a constraint is broken,
    the batch is halved until the one row at fault is found. ``wake``: the relay's alarm.
    """

    target: str
    labels: Labels
    parse: Parse
    store: Store
    sessions: async_sessionmaker[AsyncSession]
    rejects_folder: Path
    prepare: Prepare | None = None
    wake: Callable[[], None] = lambda: None
    batch: int = BATCH

    async def run(self, path: Path, *, stop: asyncio.Event | None = None, report: Report | None = None) -> Outcome:
        """Import ``path`` from where an earlier run ended; the same content again does nothing.

        ``stop``: end after the present batch. FileRefused: nothing can be read; Overtaken: another process is at it.
        """
        began = time.monotonic()
        found = await asyncio.to_thread(survey, path)
        async with self.sessions() as session, session.begin():
            place = await progress.begin(session, self.target, found.digest)
        rejects_path = self.rejects_folder / f"{self.target}-{found.digest.hex()[:12]}.rejects.jsonl"
        if place.finished:
            return self._outcome(place, rejects_path, began, again=True)
        stop = stop or asyncio.Event()
        with path.open("rb") as file:
            form = recognise(path, file, found, self.labels)
            rejects = RejectsFile(rejects_path, self.target, form.about, place.rejects_size)
            try:
                async with aclosing(_ahead(self._batches(form, place))) as batches:
                    async for batch in batches:
                        place = await self._keep(batch, found.digest, place, rejects)
                        if report is not None:
                            report(place.stored, place.refused, place.position, found.size)
                        if stop.is_set():
                            break
                    else:
                        place = await self._finish(found.digest, place)
            finally:
                rejects.close()
        return self._outcome(place, rejects_path, began, again=False)

    async def _batches(self, form: Format, place: Place) -> AsyncIterator[_Batch]:
        rows = form.rows(place.position, place.line)
        while chunk := list(islice(rows, self.batch)):
            batch = self._parsed(chunk)
            if self.prepare is not None and batch.good:
                batch = _without(batch, await self.prepare(batch.good))
            yield batch
            await asyncio.sleep(0)  # parsing is pure computation: let the batch before be sent

    def _parsed(self, rows: list[Row]) -> _Batch:
        batch = _Batch(rows, [], [])
        for row in rows:
            refusals = row.refusals
            if row.values is not None:
                try:
                    batch.good.append(Parsed(row.line, row.text, self.parse(row.values)))
                    continue
                except ValidationError as error:
                    refusals = refusals_of(error)
                except RowRefused as error:
                    refusals = error.refusals
            batch.refused.append((row.line, row.text, refusals))
        return batch

    async def _keep(self, batch: _Batch, content: bytes, place: Place, rejects: RejectsFile) -> Place:
        """Store what can be stored of one batch, and its place, in one transaction."""
        size = rejects.size
        refused = list(batch.refused)
        good = batch.good
        while True:
            try:
                async with self.sessions() as session, session.begin():
                    await progress.claim(session, self.target, content, place)
                    late = list(await self.store(session, good) or ()) if good else []
                    everything = sorted(
                        [*refused, *((row.line, row.text, (why,)) for row, why in late)], key=lambda one: one[0]
                    )
                    rejects.add(everything)
                    following = place.after(
                        position=batch.rows[-1].end,
                        line=batch.rows[-1].last,
                        stored=len(good) - len(late),
                        refused=len(everything),
                        rejects_size=rejects.size,
                    )
                    await progress.keep(session, self.target, content, following)
                self.wake()
                return following
            except (Problem, IntegrityError, DataError) as error:
                if isinstance(error, Problem) and error.status >= 500:
                    raise
                rejects.rewind(size)
                culprits = await self._culprits(good)
                if not culprits:
                    raise
                refused += [(row.line, row.text, (why,)) for row, why in culprits]
                bad = {row.line for row, _ in culprits}
                good = [row for row in good if row.line not in bad]

    async def _culprits(self, rows: list[Parsed]) -> list[tuple[Parsed, Refusal]]:
        """The rows that cannot be stored, found by halving; each trial is rolled back."""
        try:
            async with self.sessions() as session:
                await self.store(session, rows)
                await session.flush()
                await session.rollback()
        except (Problem, IntegrityError, DataError) as error:
            if isinstance(error, Problem) and error.status >= 500:
                raise
            if len(rows) == 1:
                return [(rows[0], _why(error))]
            middle = len(rows) // 2
            found = await self._culprits(rows[:middle]) + await self._culprits(rows[middle:])
            # Rows that only clash with each other: the later one is at fault.
            return found or [(rows[-1], _why(error))]
        return []

    async def _finish(self, content: bytes, place: Place) -> Place:
        done = replace(place, finished=True)
        async with self.sessions() as session, session.begin():
            await progress.claim(session, self.target, content, place)
            await progress.keep(session, self.target, content, done)
        return done

    def _outcome(self, place: Place, rejects: Path, began: float, *, again: bool) -> Outcome:
        seconds = time.monotonic() - began
        kept = rejects if place.refused else None
        return Outcome(place.stored, place.refused, place.finished, again, kept, seconds)


async def _ahead(batches: AsyncIterator[_Batch]) -> AsyncGenerator[_Batch, None]:
    """The same batches, the next one read and prepared while the present one is stored."""
    coming = asyncio.ensure_future(anext(batches, None))
    try:
        while (batch := await coming) is not None:
            coming = asyncio.ensure_future(anext(batches, None))
            yield batch
    finally:
        coming.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await coming


def _without(batch: _Batch, refused: Refused | None) -> _Batch:
    whys = {row.line: (row.line, row.text, (why,)) for row, why in refused or ()}
    good = [row for row in batch.good if row.line not in whys]
    return _Batch(batch.rows, good, [*batch.refused, *whys.values()])


def _why(error: Exception) -> Refusal:
    if isinstance(error, Problem):
        return Refusal(error.code, error.title)
    return Refusal("conflict", "The row contradicts what is stored already, or another row of this file.")
