"""One instance with a department of its own, its projector and a reader of the view, for the tests that can share it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from gateway.view import View

from .library import write
from .world import Projector, World, world


@dataclass
class Stage:
    world: World
    projector: Projector
    view: View


@pytest.fixture(scope="session")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    folder = tmp_path_factory.mktemp("instance")
    library = write(folder / "library", "loan", "card")
    async with world(folder, library) as made, made.projector() as projector, made.view() as view:
        yield Stage(made, projector, view)
