"""One city for all threats, with two gateway nodes of two workers: who gets past one door must not get past another."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest_asyncio
from onewindow_local.demo.city import City
from onewindow_local.demo.nodes import GatewayNode, second_node
from onewindow_local.demo.temporary import temporary

from .health import CONTRACTS


@dataclass(frozen=True)
class Nodes:
    """``urls`` are the two nodes' addresses, the instance's own first; ``second`` can be stopped and started."""

    city: City
    second: GatewayNode

    @property
    def urls(self) -> tuple[str, str]:
        return self.city.instance.url("gateway"), self.second.url


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def nodes() -> AsyncIterator[Nodes]:
    with temporary(60, settings={"ONEWINDOW_WORKERS": "2", "ONEWINDOW_CONTRACTS": CONTRACTS}) as city:
        async with second_node(city) as second:
            yield Nodes(city, second)
