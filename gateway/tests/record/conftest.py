"""An empty record for each test that asks, and one that a gateway shows while a recorder fills it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from onewindow_kit.testing import eventually

from ..conftest import Start
from ..world import world
from .library import Log, Shown, opened, reading_role


@pytest.fixture(scope="session")
def record_keys(keys: Path) -> Path:
    """The folder of keyrings, the recorder's among them."""
    return keys


@pytest.fixture
async def log(keys: Path) -> AsyncIterator[Log]:
    """An empty record."""
    async with opened(keys) as fresh:
        yield fresh


@pytest.fixture(scope="session")
async def shown(keys: Path, start: Start, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shown]:
    """A recorder at work, and a gateway that may only read what it writes.

    Its view is its own: a process opens a store once, and the gateway of other tests has theirs open.
    """
    projected = tmp_path_factory.mktemp("shown")
    async with world(keys, projected) as departments, opened(keys) as log, reading_role(log) as url:
        recorder = await log.start()
        try:
            await eventually(log.begun, within=60)
            async with start(view=projected, record=url, topic_prefix=log.prefix) as rig:
                yield Shown(log, rig, departments)
        finally:
            recorder.terminate()
            await recorder.communicate()
