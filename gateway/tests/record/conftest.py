"""Keyrings of the demonstration instance with the recorder's, and an empty record for each test that asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from onewindow_contracts import loader
from onewindow_kit.keyring import provision

from .library import HOLDERS, Log, opened


@pytest.fixture(scope="session")
def record_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    contracts = loader.load()
    folder = tmp_path_factory.mktemp("record-keys")
    named = {name for topic in contracts.topics.values() for name in (*topic.producers, *topic.consumers)}
    provision(folder, contracts.topics.values(), contracts.authorities.values(), HOLDERS | named, "demo")
    return folder


@pytest.fixture
async def log(record_keys: Path) -> AsyncIterator[Log]:
    """An empty record."""
    async with opened(record_keys) as fresh:
        yield fresh
