"""One city for all journeys; each journey makes its own people, so that none depends on another."""

import random
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from onewindow_local.demo.city import City
from onewindow_local.engines import ports
from onewindow_local.instance import Instance


def free_block() -> int:
    """The first port of 31 that are free; blocks are tried in random order, for runs side by side."""
    for base in random.sample(range(20_000, 30_000, 40), 250):
        if all(ports.is_free(port) for port in range(base, base + 31)):
            return base
    raise RuntimeError("no block of free ports on this machine")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def city() -> AsyncIterator[City]:
    folder = Path(tempfile.mkdtemp(prefix="ow-city-"))
    city = City(Instance(folder / "data", free_block()))
    try:
        city.onewindow("up", "--detach", "--people", "60")
        yield city
    finally:
        city.onewindow("down")
        shutil.rmtree(folder, ignore_errors=True)
