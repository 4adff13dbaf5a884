"""A citizen's app hears of a change as it happens, goes on where it stopped, and is told when it can't."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from onewindow_kit.problems import TokenRevoked

from .conftest import Rig
from .world import Person, World

CHANGES = "/v1/me/changes"


@pytest.fixture
async def citizen(departments: World, window: Rig) -> Person:
    person, token = await departments.born()
    headers = window.of(person["gateway"]) | {"Onewindow-Version": token}
    assert (await window.client.get("/v1/me/records?type=housing.title", headers=headers)).status_code == 200
    return person


async def test_the_long_poll_waits_for_a_change_and_goes_on_after_it(
    window: Rig, departments: World, citizen: Person
) -> None:
    mine = window.of(citizen["gateway"])
    start = (await window.client.get(CHANGES, headers=mine)).json()
    assert start["changes"] == [] and not start["reset"]
    waiting = asyncio.create_task(window.client.get(f"{CHANGES}?after={start['after']}&wait=20", headers=mine))
    token = await departments.owns(citizen, "示例路1号")
    found = (await waiting).json()
    assert [(f"{each['urn']}@{each['version']}", each["kind"], each["type"]) for each in found["changes"]] == [
        (token, "created", "housing.title")
    ]
    nothing = (await window.client.get(f"{CHANGES}?after={found['after']}&wait=0", headers=mine)).json()
    assert nothing["changes"] == [] and not nothing["reset"]
    again = (await window.client.get(f"{CHANGES}?after={start['after']}&wait=0", headers=mine)).json()
    assert again["changes"] == found["changes"]


async def test_nobody_hears_of_another_persons_changes(window: Rig, departments: World, citizen: Person) -> None:
    other, _ = await departments.born()
    mine = window.of(citizen["gateway"])
    start = (await window.client.get(CHANGES, headers=mine)).json()["after"]
    token = await departments.owns(other, "示例路2号")
    theirs = window.of(other["gateway"]) | {"Onewindow-Version": token}
    assert len((await window.client.get("/v1/me/records?type=housing.title", headers=theirs)).json()["items"]) == 1
    assert (await window.client.get(f"{CHANGES}?after={start}&wait=0", headers=mine)).json()["changes"] == []


@pytest.mark.parametrize("place", ["nonsense", "0", "ffffffffffff-1"])
async def test_an_unknown_place_says_reset(window: Rig, citizen: Person, place: str) -> None:
    mine = window.of(citizen["gateway"])
    found = (await window.client.get(f"{CHANGES}?after={place}", headers=mine)).json()
    assert found["reset"] and found["changes"] == []
    assert (await window.client.get(f"{CHANGES}?after={found['after']}&wait=0", headers=mine)).json()["reset"] is False


async def _events(response: httpx.Response) -> AsyncIterator[dict[str, str]]:
    """Server-sent events, comments included, each as its fields."""
    event: dict[str, str] = {}
    async for line in response.aiter_lines():
        if not line and event:
            yield event
            event = {}
        elif line.startswith(":"):
            event["comment"] = line[1:].strip()
        elif line:
            name, _, value = line.partition(": ")
            event[name] = value


async def test_the_stream_tells_beats_and_goes_on(window: Rig, departments: World, citizen: Person) -> None:
    headers = window.of(citizen["gateway"], Accept="text/event-stream")
    async with asyncio.timeout(20), window.client.stream("GET", CHANGES, headers=headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "private, no-cache"
        events = _events(response)
        assert (await anext(events))["retry"] == "2000"
        assert list(await anext(events)) == ["id"]
        assert (await anext(events))["comment"] == "ping"
        token = await departments.owns(citizen, "示例路3号")
        change = await _next_named(events)
        assert change["event"] == "change"
        data = json.loads(change["data"])
        assert (f"{data['urn']}@{data['version']}", data["kind"], data["id"]) == (token, "created", change["id"])
    later = await departments.owns(citizen, "示例路4号")
    resumed = headers | {"Last-Event-ID": change["id"]}
    async with asyncio.timeout(20), window.client.stream("GET", CHANGES, headers=resumed) as response:
        data = json.loads((await _next_named(_events(response)))["data"])
        assert f"{data['urn']}@{data['version']}" == later
    lost = headers | {"Last-Event-ID": "from another view"}
    async with asyncio.timeout(20), window.client.stream("GET", CHANGES, headers=lost) as response:
        assert (await _next_named(_events(response)))["event"] == "reset"


async def _next_named(events: AsyncIterator[dict[str, Any]]) -> dict[str, Any]:
    async for each in events:
        if "event" in each:
            return each
    raise AssertionError("the stream ended")


async def test_the_stream_ends_with_its_token(window: Rig, citizen: Person) -> None:
    token = window.issuer.citizen(citizen["gateway"], "gateway", exp=int(time.time()) + 2)
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
    started = time.monotonic()
    async with asyncio.timeout(20), window.client.stream("GET", CHANGES, headers=headers) as response:
        beats = [each async for each in _events(response)]
    assert 0 < time.monotonic() - started < 10
    assert len(beats) > 1
    assert (await window.client.get(CHANGES, headers=headers)).status_code == 401


class _Orders:
    """Supervision as a gateway hears of it; None of the tokens is good once ``revoked``."""

    revoked = False

    def check(self, _caller: object) -> None:
        if self.revoked:
            raise TokenRevoked


async def test_a_revoked_token_hears_of_nothing_more(
    window: Rig, departments: World, citizen: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders, mine = _Orders(), window.of(citizen["gateway"])
    monkeypatch.setattr(window.app.state.edge.verifier, "revocations", orders)
    start = (await window.client.get(CHANGES, headers=mine)).json()["after"]
    waiting = asyncio.create_task(window.client.get(f"{CHANGES}?after={start}&wait=20", headers=mine))
    following = mine | {"Accept": "text/event-stream"}
    async with asyncio.timeout(20), window.client.stream("GET", CHANGES, headers=following) as response:
        events = _events(response)
        while (await anext(events)).get("comment") != "ping":
            pass
        orders.revoked = True
        await departments.owns(citizen, "示例路5号")
        assert not [each async for each in events if "data" in each], "the stream ends and tells nothing"
    answer = await waiting
    assert (answer.status_code, answer.json()["code"]) == (401, "token-revoked")


async def test_a_person_follows_from_a_bounded_number_of_places(window: Rig, citizen: Person) -> None:
    headers = window.of(citizen["gateway"], Accept="text/event-stream")
    async with asyncio.timeout(20), httpx.AsyncClient(base_url=window.url) as client:
        opened = [client.stream("GET", CHANGES, headers=headers) for _ in range(8)]
        for each in opened:
            assert (await each.__aenter__()).status_code == 200
        assert (await window.client.get(CHANGES, headers=headers)).status_code == 429
        for each in opened:
            await each.__aexit__(None, None, None)
