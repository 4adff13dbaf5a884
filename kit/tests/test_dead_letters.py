"""What may not come in is kept whole and sealed, told without personal data, and the next event goes on."""

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from onewindow_kit.clock import now
from onewindow_kit.sealing import Sealer

from .conftest import AUTHORITY, TITLE, Department, eventually
from .consuming import Transport, as_many, at, letters, place_sum, sender


@pytest.fixture
def transport(department: Department) -> Transport:
    return Transport(department)


@pytest.fixture
async def send(department: Department) -> AsyncIterator[Any]:
    async with sender(department) as sending:
        yield sending


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("seal-broken", {"value": b"\x00" * 200}),
        ("seal-broken", {"value": b'{"name": "in clear"}'}),
        ("key-unknown", {"ow__key": b"k-00000000"}),
        ("header-missing", {"ow__version": None}),
        ("header-malformed", {"ow__version": b"9"}),
        ("header-malformed", {"key": b"110101199003070097"}),
        ("erasure-malformed", {"value": None}),
        ("seal-broken", {"value": None, "ce_type": b"housing.title.erased"}),
    ],
)
async def test_what_is_no_event_of_its_topic_is_kept_sealed(department, transport, send, reason, change) -> None:
    bad, good = department.record(name="王芳"), department.record()
    place = await send(bad, **change)
    await send(good, partition=place[0])
    async with department.log("transport.dead-letter.v1") as log, transport.consuming():
        (letter,) = await letters(log)
        await eventually(lambda: as_many(transport, 1))
    assert await transport.seen() == [(good.urn, 1)]
    headers = {name: raw.decode() for name, raw in letter.headers}
    assert letter.key.decode() == at(place) == headers["ce_id"]
    assert headers["ow-reason"] == reason
    assert (headers["ow-topic"], headers["ow-consumer"]) == (TITLE, "transport")
    assert (headers["ow-partition"], headers["ow-offset"]) == tuple(map(str, place))
    assert headers["ow-first-seen"].endswith("Z")
    assert b"110101199003070097" not in b"".join(raw for _, raw in letter.headers)
    assert b"in clear" not in letter.value
    whole = Sealer(department.keys["transport"]).open(TITLE, headers["ow-key"], letter.key.decode(), 0, letter.value)
    kept = json.loads(whole)
    if "value" in change:
        assert kept["value"] == (change["value"] and base64.b64encode(change["value"]).decode())
    assert base64.b64decode(kept["key"]) == change.get("key", bad.urn.encode())


async def test_an_event_against_its_contract_keeps_its_own_seal(department, transport, send) -> None:
    record = department.record()
    envelope = json.loads(record.data)
    del envelope["body"]
    place = await send(type(record)(TITLE, record.urn, 1, "created", AUTHORITY, json.dumps(envelope).encode(), now()))
    async with department.log("transport.dead-letter.v1") as log, transport.consuming():
        (letter,) = await letters(log)
    headers = {name: raw.decode() for name, raw in letter.headers}
    assert (headers["ow-reason"], headers["ow-detail"]) == ("event-invalid", "/body is missing")
    assert headers["original-key"] == record.urn
    opened = Sealer(department.keys["transport"]).open(TITLE, headers["ow-key"], record.urn, 1, letter.value)
    assert json.loads(opened) == envelope
    await eventually(lambda: place_sum(department, place[1] + 1))


async def test_an_authority_that_does_not_own_the_topic_is_refused(department, transport, send) -> None:
    record = department.record()
    foreign = "demo.vehicle-administration"
    data = json.dumps(json.loads(record.data) | {"authority": foreign}).encode()
    await send(type(record)(TITLE, record.urn, 1, "created", foreign, data, now()))
    async with department.log("transport.dead-letter.v1") as log, transport.consuming():
        (letter,) = await letters(log)
    assert dict(letter.headers)["ow-reason"] == b"authority-foreign"
    assert await transport.seen() == []
