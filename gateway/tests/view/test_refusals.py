"""Events that may not come in: each its dead letter, the record marked, the view as it was."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import orjson
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from gateway.view import View
from onewindow_kit import wire
from onewindow_kit.clock import now
from onewindow_kit.keyring import Keyring
from onewindow_kit.records import new_urn
from onewindow_kit.testing import eventually, kafka_address

from .conftest import Stage
from .library import OFFICE
from .world import Person, World, envelope_of, section_of, subject, window_of

LOAN = "library.loan.v1"


@asynccontextmanager
async def letters(world: World) -> AsyncIterator[AIOKafkaConsumer]:
    """Reads the gateway's dead letters from now on."""
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka_address(), auto_offset_reset="earliest")
    await consumer.start()
    try:
        place = TopicPartition(f"{world.prefix}gateway.dead-letter.v1", 0)
        consumer.assign([place])
        await consumer.seek_to_end(place)
        yield consumer
    finally:
        await consumer.stop()


async def letter(consumer: AIOKafkaConsumer) -> tuple[Any, dict[str, str]]:
    async def one() -> Any:
        found = await consumer.getmany(timeout_ms=500, max_records=1)
        return next((messages[0] for messages in found.values()), None)

    message = await eventually(one)
    return message, {name: raw.decode() for name, raw in message.headers}


def held(view: View, person: Person) -> list[str]:
    return section_of(window_of(view, person), "library")["held"]


Change = Callable[[dict[str, Any], Person], dict[str, Any]]
WRONG: dict[str, tuple[Change, str]] = {
    "a body of the wrong shape": (lambda e, _: e | {"body": {"book": 7}}, "shape-invalid"),
    "an unknown property": (lambda e, _: e | {"body": e["body"] | {"more": 1}}, "shape-invalid"),
    "30 February": (lambda e, _: e | {"body": {"book": "b", "due_on": "2026-02-30"}}, "shape-invalid"),
    "NUL in the envelope": (lambda e, _: e | {"legal_basis": "a\0b"}, "shape-invalid"),
    "another version inside": (lambda e, _: e | {"version": 9}, "envelope-mismatch"),
    "another change inside": (lambda e, _: e | {"change": "moved"}, "envelope-mismatch"),
    "another contract": (lambda e, _: e | {"contract": "library.card.v1"}, "shape-invalid"),
    "a day before the calendar": (lambda e, _: e | {"effective_on": "0000-01-01"}, "day-out-of-range"),
    "another sector's pseudonym": (lambda e, p: e | {"subjects": [subject(p["housing"], "x")]}, "subject-foreign"),
}


@pytest.mark.parametrize("case", WRONG)
async def test_a_sealed_event_that_is_wrong_inside(stage: Stage, case: str) -> None:
    world, view = stage.world, stage.view
    person = await world.born()
    urn = await world.loan(person)
    await view.wait([(urn, 1), (person.link, 1)])
    before = view.window(person["gateway"]).etag
    change, reason = WRONG[case]
    envelope = envelope_of(LOAN, urn, 2, [subject(person["library"], "borrower")], {"book": "b"})
    async with letters(world) as consumer:
        sent = await world.send(LOAN, urn, 2, orjson.dumps(change(envelope, person)), "varied")
        message, about = await letter(consumer)
    assert message.key.decode() == f"{LOAN}-{sent.partition}-{sent.offset}"
    assert (about["ow-reason"], about["ow-consumer"], about["original-key"]) == (reason, "gateway", urn)
    await eventually(lambda: held(view, person) == ["library.loan"])
    # Nothing but the mark has changed, and it is visible: the ETag is another one.
    assert section_of(window_of(view, person), "library")["records"]["library.loan"][0]["version"] == 1
    assert view.window(person["gateway"]).etag != before
    assert view.sections([LOAN], person["gateway"])[LOAN].held
    await view.wait([(urn, 2)], 0.1)  # a refused version is not waited for
    await world.loan(person, urn, 3)
    await view.wait([(urn, 3)])
    assert held(view, person) == []


async def test_an_event_whose_seal_does_not_fit_is_kept_sealed(stage: Stage) -> None:
    world, view = stage.world, stage.view
    person = await world.born()
    urn = await world.loan(person)
    await view.wait([(urn, 1), (person.link, 1)])
    secret = b"somebody published this in clear"
    good = await world.loan(person, urn, 2)
    assert good == urn
    cases: list[tuple[bytes, dict[str, str], str]] = [
        (secret, {}, "seal-broken"),
        (b"", {}, "seal-broken"),
        (secret, {"ow-key": "k-unknown"}, "key-unknown"),
        (secret, {"ow-version": "x"}, "header-malformed"),
        (secret, {"ce_dataschema": "library.card.v1"}, "header-malformed"),
        (secret, {"ce_source": "/demo/demo.title-registry"}, "authority-foreign"),
    ]
    for value, changed, reason in cases:
        async with letters(world) as consumer:
            headers = _headers(world, urn, 3, changed)
            await world.raw(LOAN, urn.encode(), value, headers)
            message, about = await letter(consumer)
        assert about["ow-reason"] == reason
        assert secret not in (message.value or b"") and about["ow-wrapped"] == "true"
    await eventually(lambda: held(view, person) == ["library.loan"])
    await world.loan(person, urn, 4)
    await view.wait([(urn, 4)])
    assert held(view, person) == []


async def test_an_authority_that_does_not_own_the_topic_is_refused(stage: Stage) -> None:
    world, view = stage.world, stage.view
    person = await world.born()
    await view.wait([(person.link, 1)])
    urn = new_urn("demo.title-registry", "loan")
    whom = [subject(person["library"], "borrower")]
    async with letters(world) as consumer:
        await world.publish(LOAN, urn, 1, whom, {"book": "b"}, authority="demo.title-registry")
        assert (await letter(consumer))[1]["ow-reason"] == "authority-foreign"
        await world.publish(LOAN, new_urn(OFFICE, "card"), 1, whom, {"book": "b"})
        assert (await letter(consumer))[1]["ow-reason"] == "urn-foreign"
        erasing = _headers(world, urn, 1, {"ce_type": "library.loan.erased"})
        await world.raw(LOAN, urn.encode(), None, _headers(world, urn, 1, {}))
        assert (await letter(consumer))[1]["ow-reason"] == "erasure-malformed"
        await world.raw(LOAN, b"\xfe", None, erasing)
        assert (await letter(consumer))[1]["ow-reason"] == "header-malformed"
        await world.raw(LOAN, b"\xff", b"x", [])
        assert (await letter(consumer))[1]["ow-reason"] in ("header-missing", "header-malformed")
    assert section_of(window_of(view, person), "library")["records"] == {}


@pytest.mark.parametrize(
    ("tail", "version", "reason"),
    [
        ("a" * 600, 1, "urn-foreign"),
        ("\u00e9" * 150, 1, "urn-foreign"),
        ("", 1, "urn-foreign"),
        ("a" * 22, 2**40, "header-malformed"),
        ("a" * 22, -1, "header-malformed"),
    ],
)
async def test_an_erasure_that_names_no_record(stage: Stage, tail: str, version: int, reason: str) -> None:
    world = stage.world
    urn = f"urn:onewindow:{OFFICE}:loan:{tail}"
    async with letters(world) as consumer:
        await world.raw(LOAN, urn.encode(), None, _headers(world, urn, version, {"ce_type": "library.loan.erased"}))
        assert (await letter(consumer))[1]["ow-reason"] == reason
    assert await stage.projector.answers()


async def test_a_tombstone_that_its_registry_did_not_seal_erases_nothing(stage: Stage) -> None:
    world, view = stage.world, stage.view
    person = await world.born()
    urn = await world.loan(person)
    await view.wait([(urn, 1), (person.link, 1)])
    forged = _headers(world, urn, 2, {"ce_type": "library.loan.erased"})
    async with letters(world) as consumer:
        await world.raw(LOAN, urn.encode(), None, forged)
        assert (await letter(consumer))[1]["ow-reason"] == "seal-broken"
        await world.raw(LOAN, urn.encode(), None, [*forged, ("ow-erasure", b"\x00" * 28)])
        assert (await letter(consumer))[1]["ow-reason"] == "seal-broken"
    [loan] = section_of(window_of(view, person), "library")["records"][LOAN.removesuffix(".v1")]
    assert loan["version"] == 1


async def test_a_lower_version_and_a_repeated_one_change_nothing(stage: Stage) -> None:
    world, view = stage.world, stage.view
    person = await world.born()
    urn = await world.loan(person)
    await world.loan(person, urn, 3, due_on="2026-03-03")
    await view.wait([(urn, 3), (person.link, 1)])
    window = view.window(person["gateway"])
    place = view.changes(person["gateway"], None)
    assert place is not None
    for version in (1, 2, 3):
        await world.loan(person, urn, version, due_on="2020-01-01")
    last = await world.loan(person)
    await view.wait([(last, 1)])
    kept = {r["urn"]: r for r in section_of(window_of(view, person), "library")["records"]["library.loan"]}
    assert kept[urn]["version"] == 3 and kept[urn]["body"]["due_on"] == "2026-03-03"
    assert view.window(person["gateway"]).etag != window.etag
    changes = view.changes(person["gateway"], place[1])
    assert changes is not None and [(c.urn, c.version) for c in changes[0]] == [(last, 1)]


async def test_a_heartbeat_that_is_none_is_passed_over(stage: Stage) -> None:
    world, view = stage.world, stage.view
    for value in (b"{}", b"null", b'{"department":"housing","at":"2026-01-01T00:00:00.000Z","offsets":{}}', b"\xff"):
        await world.producer.send_and_wait(f"{world.prefix}library.heartbeat.v1", value, key=b"library")
    at = await world.beat("library", at="2999-01-01T00:00:00.000Z")
    section = await eventually(
        lambda: (s := section_of(window_of(view, world.person()), "library"))["as_of"] and s, within=5
    )
    assert section["as_of"] < at  # a clock that runs ahead makes nobody fresh for ever


def _headers(world: World, urn: str, version: int, changed: dict[str, str]) -> list[tuple[str, bytes]]:
    key_id, _ = Keyring.load(world.keys / "library.json").topic_current(LOAN)
    head = dict(wire.headers("demo", LOAN, urn, version, "varied", OFFICE, key_id, "c-1", now()))
    return list((head | {name: text.encode() for name, text in changed.items()}).items())
