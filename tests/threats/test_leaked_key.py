"""A key that may have leaked is replaced while everybody goes on: no valid request fails, before, during or after."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import httpx
from joserfc.jws import extract_compact
from onewindow_kit.keyring import Keyring
from onewindow_kit.keyring.holder import LOOK_EVERY
from onewindow_kit.keyring.rotation import KINDS, rotate_all
from onewindow_kit.testing import eventually
from onewindow_local.demo.city import City, Person

from .conftest import Nodes

PURPOSE = "title-registry.transfer"


class Load:
    """People and offices at work until told to stop; ``failures`` are the valid requests that were refused."""

    def __init__(self, nodes: Nodes, person: Person, other: Person) -> None:
        self.nodes, self.person, self.other = nodes, person, other
        self.done, self.failures = 0, list[str]()
        self._over = asyncio.Event()

    async def __aenter__(self) -> "Load":
        self._running = [
            asyncio.create_task(self._again(work))
            for work in (self._window, self._look, self._introduce, self._move_in)
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over.set()
        await asyncio.gather(*self._running)

    async def worked(self, more: int) -> None:
        """Return when ``more`` further rounds of work are done."""
        wanted = self.done + more

        async def reached() -> bool:
            return self.done >= wanted or bool(self.failures)

        await eventually(reached, within=60, every=0.02)

    async def _again(self, work: Callable[[City], Awaitable[None]]) -> None:
        while not self._over.is_set():
            try:
                await work(self.nodes.city)
            except (AssertionError, httpx.HTTPError) as failure:
                self.failures.append(f"{work.__name__}: {failure}"[:400])
            self.done += 1

    async def _window(self, city: City) -> None:
        """Log in anew, so that the newest signature is met, and look at both nodes."""
        citizen = await city.citizen(self.person)
        for url in self.nodes.urls:
            answer = await citizen.client.get(f"{url}/v1/me/view")
            assert answer.status_code == 200, answer.text

    async def _look(self, city: City) -> None:
        clerk = await city.office("title-registry", "gateway", case="BDC2026-000900")
        subject = {"scheme": self.person.scheme, "number": self.person.number, "name": self.person.name}
        asked = {"purpose": PURPOSE, "subject": subject, "fields": ["identity.person.name"]}
        for url in self.nodes.urls:
            answer = await clerk.client.post(f"{url}/v1/views", json=asked)
            assert answer.status_code == 200, answer.text

    async def _introduce(self, city: City) -> None:
        """One sector names a person to another: sealed under the sector's key at once, opened at once."""
        named = await city.pseudonym(self.other, "title-registry")
        office = await city.office("title-registry", "identity")
        await office.do("/v1/introductions", {"pseudonym": named, "receiver": "transport"})

    async def _move_in(self, city: City) -> None:
        """A registration that goes from identity's columns through the sealed stream into the view."""
        newcomer = await city.adult("例换钥")
        window = await (await city.citizen(newcomer)).view()
        assert window["sections"]


async def test_keys_of_every_kind_change_twice_under_load_and_no_valid_request_fails(nodes: Nodes):
    city = nodes.city
    person, other = await city.adult("例轮换"), await city.adult("例引见")
    before = Keyring.load(city.instance.keys / "identity.json")
    old = before.issuer.signing["kid"], before.topic_current("identity.person.v1")[0], before.introduction("housing")[0]
    async with Load(nodes, person, other) as load:
        await load.worked(4)
        city.onewindow("ops", "rotate", "all")
        for kind in KINDS:
            rotate_all(city.instance.keys, kind)
            await load.worked(2)
        # Whoever seals looks for newer keys every few seconds: work on until all have looked.
        looked = time.monotonic() + LOOK_EVERY + 1
        while time.monotonic() < looked and not load.failures:
            await load.worked(4)
        citizen = await city.citizen(person)
    assert load.failures == []
    now = Keyring.load(city.instance.keys / "identity.json")
    assert extract_compact(citizen.token.encode()).headers()["kid"] == now.issuer.signing["kid"] != old[0]
    assert now.topic_current("identity.person.v1")[0] != old[1]
    assert now.introduction("housing")[0] != old[2]
