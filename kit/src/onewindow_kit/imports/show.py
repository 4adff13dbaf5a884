"""Progress of an import: a bar for people, a line every few seconds for logs."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

Report = Callable[[int, int, int, int], None]
"""Called after each batch with rows stored, rows refused, bytes read and bytes in all."""

EVERY = 5.0


class Display:
    """Writes to stderr; never anything from a row."""

    def __init__(self, target: str, console: Console, bar: Progress | None) -> None:
        self._target = target
        self._console = console
        self._bar = bar
        self._task = bar.add_task(target, total=None, counts="") if bar else None
        self._began = self._spoke = time.monotonic()
        self._first: int | None = None

    def report(self, stored: int, refused: int, position: int, size: int) -> None:
        moment = time.monotonic()
        self._first = stored if self._first is None else self._first
        rate = (stored - self._first) / max(moment - self._began, 0.001)
        counts = f"{stored:,} stored, {refused:,} refused, {rate:,.0f} rows/s"
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=position, total=size, counts=counts)
        elif moment - self._spoke >= EVERY:
            self._spoke = moment
            self._console.print(f"{self._target}: {100 * position // max(size, 1)} %, {counts}")

    def end(self, outcome: Any) -> None:
        rate = outcome.stored / max(outcome.seconds, 0.001)
        counts = f"{outcome.stored:,} {'row' if outcome.stored == 1 else 'rows'} stored, {outcome.refused:,} refused"
        if outcome.again:
            self._console.print(f"{self._target}: this file was imported before ({counts}); nothing changed.")
        elif outcome.finished:
            self._console.print(f"{self._target}: {counts} in {outcome.seconds:.1f} s ({rate:,.0f} rows/s).")
        else:
            self._console.print(f"{self._target}: interrupted after {counts}. Run the same command again to go on.")
        if outcome.rejects is not None:
            self._console.print(f"Refused rows: {outcome.rejects} (mend 'text' there and import that file).")

    def failed(self, why: str) -> None:
        self._console.print(f"{self._target}: {why}")


@contextmanager
def shown(target: str) -> Iterator[Display]:
    """A display for one import."""
    console = Console(file=sys.stderr, highlight=False, markup=False, soft_wrap=True)
    if not console.is_terminal:
        yield Display(target, console, None)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[counts]}"))
    with Progress(*columns, TimeRemainingColumn(), console=console) as bar:
        yield Display(target, console, bar)
