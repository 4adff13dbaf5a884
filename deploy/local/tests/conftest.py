"""A whole instance for the tests of the command line, started by the command line itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from onewindow_local.testing import Commands, free_block


@pytest.fixture(scope="session")
def ow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """A running instance without people, shared by the tests that leave it running."""
    commands = Commands(tmp_path_factory.mktemp("instance") / "data", free_block())
    commands.up("--people", "0")
    yield commands
    commands("down", "--purge")


@pytest.fixture
def spare(tmp_path: Path) -> Iterator[Commands]:
    """Commands for another instance, which is not started; stopped and thrown away after the test."""
    commands = Commands(tmp_path / "spare", free_block())
    yield commands
    commands("down", "--purge")
