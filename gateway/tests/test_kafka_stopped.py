"""Kafka that does not acknowledge: 503 and no data, for every kind of answer, and soon."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from onewindow_kit import topics
from onewindow_kit.access import Writer
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import eventually
from onewindow_local.engines import ports
from onewindow_local.engines.kafka import Kafka

from .conftest import ACCESS, PREFIX, Rig
from .world import Person, World

SECRET = "西湖区停摆路1号"
APPLY = "/v1/me/commands/transport/applyForParkingPermit"
LOOK = {"purpose": "social-aid.means-test", "fields": ["housing.title.use"]}


@pytest.fixture
async def own_broker(tmp_path: Path) -> AsyncIterator[Kafka]:
    """A broker that the test may stop, with the record's topic."""
    port, controller = ports.ephemeral(2)
    kafka = Kafka(tmp_path / "kafka", port, controller)
    await kafka.start()
    await topics.ensure(kafka.address, ACCESS, prefix=PREFIX)
    yield kafka
    await kafka.stop()


async def every_kind(rig: Rig, person: Person, etag: str) -> list[httpx.Response]:
    """A read, a 304, history, changes, an agency's look and its refusal, a stranger's refusal, a command: all at once."""
    mine = rig.of(person["gateway"])
    found = LOOK | {"subject": {"pseudonym": person["social-aid"]}}

    def look(body: dict[str, Any]) -> Any:
        return rig.client.post("/v1/views", json=body, headers=rig.as_agency())

    return await asyncio.gather(
        rig.client.get("/v1/me/view", headers=mine),
        rig.client.get("/v1/me/view", headers=mine | {"If-None-Match": etag}),
        rig.client.get("/v1/me/records?type=housing.title", headers=mine),
        rig.client.get("/v1/me/changes?wait=0", headers=mine),
        look(found),
        look(found | {"fields": ["housing.title.price_fen"]}),
        look(found | {"subject": {"pseudonym": Person()["social-aid"]}}),
        rig.client.get("/v1/me/view", headers=rig.as_agency(method="GET", path="/v1/me/view")),
        rig.client.post(APPLY, json={"body": {}}, headers=mine | {"Idempotency-Key": "a-key-of-ours"}),
    )


async def test_nothing_leaves_while_no_entry_is_acknowledged(
    window: Rig, departments: World, own_broker: Kafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_broker.process is not None
    rig, log = window, window.app.state.parts.looks.log
    person, _ = await departments.born()
    token = await departments.owns(person, SECRET)
    for sector in ("identity", "housing", "transport"):
        rig.neighbours.pseudonyms[person["gateway"], sector] = person[sector]
    async with Writer(own_broker.address, Sealer(rig.keyring), prefix=PREFIX) as writer:
        monkeypatch.setattr(log, "_writer", writer)  # the same gateway, with a broker that the test may stop
        mine = rig.of(person["gateway"])
        shown = await rig.client.get("/v1/me/view", headers=mine | {"Onewindow-Version": token})
        assert SECRET in shown.text
        before = await every_kind(rig, person, shown.headers["etag"])
        assert [each.status_code for each in before] == [200, 304, 200, 200, 200, 403, 404, 403, 201]
        os.kill(own_broker.process.pid, signal.SIGSTOP)
        try:
            for bound in (8.0, 1.5):  # the first ones wait for the acknowledgement, the next are told at once
                began = time.monotonic()
                answers = await every_kind(rig, person, shown.headers["etag"])
                assert {each.json()["code"] for each in answers} == {"entry-not-kept"}
                assert {each.status_code for each in answers} == {503}
                assert all(SECRET not in each.text and int(each.headers["retry-after"]) > 0 for each in answers)
                assert time.monotonic() - began < bound
            asked = len(rig.neighbours.asked)
            await every_kind(rig, person, shown.headers["etag"])
            assert len(rig.neighbours.asked) == asked, "no command goes out whose answer could not be shown"
        finally:
            os.kill(own_broker.process.pid, signal.SIGCONT)

        async def again() -> bool:
            return (await rig.client.get("/v1/me/view", headers=mine)).status_code == 200

        await eventually(again, within=20)
