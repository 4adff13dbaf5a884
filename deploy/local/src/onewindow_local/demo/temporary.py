"""An instance that lives as long as a demo or a test: in a folder of its own, on ports of its own, with its own legal day."""

from __future__ import annotations

import random
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from onewindow_kit.clock import LEGAL_DAY

from onewindow_local.demo.city import City
from onewindow_local.engines import ports
from onewindow_local.errors import LocalError
from onewindow_local.instance import PORTS_SPAN, Instance

# One client makes all requests here, on purpose.
UNLIMITED = {f"ONEWINDOW_{name}": "100000" for name in ("RATE_LIMIT", "RATE_BURST", "FAILURE_LIMIT", "FAILURE_BURST")}


@contextmanager
def temporary(people: int, day: date | None = None, settings: Mapping[str, str] | None = None) -> Iterator[City]:
    """A running instance with `people` sample people; stopped and thrown away at the end, however that comes.

    With `day` the offices' day is that one until `City.pass_to` says another; without it is today. `settings` are
    environment variables that its processes get besides.
    """
    folder = Path(tempfile.mkdtemp(prefix="ow-city-"))
    clock = {LEGAL_DAY: str(folder / "legal-day")} if day is not None else {}
    city = City(Instance(folder / "data", free_block()), UNLIMITED | clock | dict(settings or {}))
    try:
        if day is not None:
            city.pass_to(day)
        city.onewindow("up", "--detach", "--people", str(people))
        yield city
    finally:
        with _undisturbed():
            city.onewindow("down")
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C must not leave half of it behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def free_block() -> int:
    """The first port of a block that is free as a whole; blocks are tried in random order, for runs side by side."""
    for base in random.sample(range(20_000, 30_000, 40), 250):
        if all(ports.is_free(port) for port in range(base, base + PORTS_SPAN + 1)):
            return base
    raise LocalError("There is no block of free ports on this machine.", "Stop an instance that is not needed.")
