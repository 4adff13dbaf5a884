"""One city for all journeys; each journey makes its own people, so that none depends on another."""

from collections.abc import AsyncIterator

import pytest_asyncio
from onewindow_local.demo.city import City
from onewindow_local.demo.temporary import free_block, temporary

__all__ = ["city", "free_block"]


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def city() -> AsyncIterator[City]:
    with temporary(60) as city:
        yield city
