"""What the population office tells transport has its effect once; what is no notice becomes a dead letter."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from onewindow_contracts import loader
from onewindow_kit import topics, wire
from onewindow_kit.clock import now, stamp, today
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import IdentityClient
from onewindow_kit.records import new_urn
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import eventually, kafka_address, topic_prefix
from transport.app import consume

NOTICE, LETTERS = "identity.notice-transport.v1", "transport.dead-letter.v1"
OFFICE = "demo.population-office"
TODAY = today()


@pytest.fixture(scope="module")
async def log_settings(settings) -> Any:
    """Settings with a Kafka of this module's own topics."""
    with_log = settings.model_copy(update={"kafka": kafka_address(), "topic_prefix": topic_prefix()})
    files = [topic for topic in loader.load().topics.values() if topic.topic in (NOTICE, LETTERS)]
    await topics.ensure(with_log.kafka, [topics.Topic.of(file) for file in files], prefix=with_log.topic_prefix)
    return with_log


@pytest.fixture
async def hearing(log_settings, neighbour, app) -> AsyncIterator[None]:
    """Transport's consumer at work."""
    identity = IdentityClient(
        "http://identity.test",
        issuer="http://identity.test",
        keyring=Keyring.load(log_settings.keyring),
        transport=httpx.MockTransport(neighbour.answer),
    )
    stop = asyncio.Event()
    async with identity:
        task = asyncio.create_task(consume(log_settings, stop, identity=identity))
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(task, 20)


@pytest.fixture
async def tell(log_settings, keys) -> AsyncIterator[Callable[..., Any]]:
    """Sends a notice as identity's relay does, except for what the caller changes."""
    sealer = Sealer(Keyring.load(keys / "identity.json"))

    async def telling(person: str, kind: str, *, authority: str = OFFICE, key: str | None = None, **other: Any) -> str:
        urn = new_urn(OFFICE, "notice-transport")
        envelope = {
            "urn": urn,
            "version": 1,
            "change": "created",
            "authority": authority,
            "effective_on": TODAY.isoformat(),
            "recorded_at": stamp(now()),
            "legal_basis": "户口登记条例",
            "contract": NOTICE,
            "subjects": [
                {"pseudonym": person, "role": "person", "from": TODAY.isoformat(), "until": None, "part": None}
            ],
            "body": {"kind": kind, "occurred_on": TODAY.isoformat()},
        } | other
        key_id, sealed = sealer.seal(NOTICE, urn, 1, json.dumps(envelope).encode())
        head = wire.headers("demo", NOTICE, urn, 1, "created", authority, key or key_id, "urn:uuid:x", now())
        await producer.send_and_wait(log_settings.topic_prefix + NOTICE, sealed, key=urn.encode(), headers=head)
        return urn

    async with AIOKafkaProducer(bootstrap_servers=log_settings.kafka) as producer:
        yield telling


@asynccontextmanager
async def dead_letters(log_settings) -> AsyncIterator[Callable[[], Any]]:
    """The reasons of dead letters from now on."""
    topic = log_settings.topic_prefix + LETTERS
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=log_settings.kafka, auto_offset_reset="earliest")

    async def reasons() -> list[str]:
        fetched = await consumer.getmany(timeout_ms=200)
        return [dict(message.headers)["ow-reason"].decode() for messages in fetched.values() for message in messages]

    async with consumer:
        await reasons()
        yield reasons


async def test_a_death_cancels_the_licence_ends_permits_and_blocks_a_sale(
    hearing, tell, office, parking, citizen, neighbour, person, licence_body, vehicle_body
) -> None:
    who = person()
    neighbour.settle(who, "330106", secrets.token_hex(8))
    licence = (await office.post("/v1/driving-licences", licence_body(who))).json()
    car = (await office.post("/v1/vehicles", vehicle_body(who))).json()
    permit = (await citizen(who).post("/v1/parking-permits", {"vehicle": car["urn"], "zone": "XH-1"})).json()["permit"]
    await tell(who, "death")

    async def cancelled() -> Any:
        read = (await office.get(f"/v1/driving-licences/{licence['urn']}")).json()
        return read if read["version"] == 2 else None

    after = await eventually(cancelled)
    assert (after["change"], after["body"]["state"], after["body"]["cancellation_reason"]) == (
        "ended",
        "cancelled",
        "death",
    )
    assert after["body"]["decision"]["remedy"]
    ended = (await parking.get(f"/v1/parking-permits/{permit}")).json()
    assert (ended["body"]["state"], ended["authority"]) == ("ended", "demo.parking-office")
    sale = {
        "to": person(),
        "ground": "sale",
        "consenting_mortgages": [],
        "plate": {"type": "02", "number": None},
        "effective_on": TODAY.isoformat(),
        "legal_basis": "机动车登记规定",
    }
    place = f"/v1/vehicles/{car['urn']}/transfers"
    refused = await office.post(place, sale, version=1)
    assert refused.json()["code"] == "holder-deceased"
    loan = {
        "mortgagee_code": "11330100247100038A",
        "mortgagee": "示例银行",
        "since": TODAY.isoformat(),
        "legal_basis": "机动车登记规定",
    }
    refused = await office.post(f"/v1/vehicles/{car['urn']}/mortgages", loan, version=1)
    assert refused.json()["code"] == "holder-deceased"
    assert (await office.post(place, sale | {"ground": "inheritance"}, version=1)).status_code == 200
    again = await office.post("/v1/driving-licences", licence_body(who))
    assert again.json()["code"] == "holder-deceased"


async def test_a_death_that_was_withdrawn_opens_the_way_back(
    hearing, tell, office, person, licence_body, grounds
) -> None:
    who = person()
    licence = (await office.post("/v1/driving-licences", licence_body(who))).json()
    place = f"/v1/driving-licences/{licence['urn']}"
    await tell(who, "death")

    async def version_two() -> bool:
        return (await office.get(place)).json()["version"] == 2

    await eventually(version_two)
    await tell(who, "revival")
    back = grounds(examined_on=None, overturned=True)

    async def restored() -> bool:
        return (await office.post(f"{place}/restorations", back, version=2)).status_code == 200

    assert await eventually(restored)


async def test_a_move_ends_the_permit_of_the_zone_that_was_left(
    hearing, tell, office, parking, citizen, neighbour, person, vehicle_body
) -> None:
    stays, leaves = person(), person()
    permits = {}
    for who in (stays, leaves):
        neighbour.settle(who, "330106", secrets.token_hex(8))
        car = (await office.post("/v1/vehicles", vehicle_body(who))).json()["urn"]
        applied = await citizen(who).post("/v1/parking-permits", {"vehicle": car, "zone": "XH-1"})
        permits[who] = f"/v1/parking-permits/{applied.json()['permit']}"
    neighbour.settle(leaves, "330108", secrets.token_hex(8))
    await tell(stays, "moved")
    await tell(leaves, "moved")

    async def ended() -> bool:
        return (await parking.get(permits[leaves])).json()["body"]["state"] == "ended"

    assert await eventually(ended)
    assert (await parking.get(permits[stays])).json()["body"]["state"] == "granted"


async def test_while_identity_is_down_a_move_waits(
    hearing, tell, office, parking, citizen, neighbour, person, vehicle_body
) -> None:
    who = person()
    neighbour.settle(who, "330106", secrets.token_hex(8))
    car = (await office.post("/v1/vehicles", vehicle_body(who))).json()["urn"]
    applied = await citizen(who).post("/v1/parking-permits", {"vehicle": car, "zone": "XH-1"})
    place = f"/v1/parking-permits/{applied.json()['permit']}"
    neighbour.settle(who, None, None)
    neighbour.down = True
    try:
        await tell(who, "moved")
        asked = neighbour.asked

        async def tried() -> bool:
            return neighbour.asked > asked

        assert await eventually(tried)
        assert (await parking.get(place)).json()["body"]["state"] == "granted"
    finally:
        neighbour.down = False

    async def ended() -> bool:
        return (await parking.get(place)).json()["body"]["state"] == "ended"

    assert await eventually(ended, within=20)


async def test_what_is_no_notice_is_a_dead_letter_and_the_next_one_is_heard(
    hearing, tell, log_settings, office, person, licence_body
) -> None:
    who = person()
    licence = (await office.post("/v1/driving-licences", licence_body(who))).json()
    two = [
        {"pseudonym": person(), "role": "person", "from": TODAY.isoformat(), "until": None, "part": None}
        for _ in range(2)
    ]
    wrong: dict[str, dict[str, Any]] = {
        "event-invalid": {"body": {"kind": "wedding", "occurred_on": TODAY.isoformat()}},
        "notice-without-person": {"subjects": two},
        "authority-foreign": {"authority": "demo.title-registry"},
        "key-unknown": {"key": "k-unknown"},
        "envelope-mismatch": {"version": 2},
    }
    async with dead_letters(log_settings) as reasons:
        for other in wrong.values():
            await tell(who, "death", **other)
        seen: list[str] = []

        async def all_there() -> bool:
            seen.extend(await reasons())
            return len(seen) >= len(wrong)

        assert await eventually(all_there)
        assert sorted(seen) == sorted(wrong)
    unchanged = (await office.get(f"/v1/driving-licences/{licence['urn']}")).json()
    assert unchanged == licence
    await tell(who, "death", body={"kind": "death", "occurred_on": (TODAY - timedelta(days=1)).isoformat()})

    async def cancelled() -> bool:
        return (await office.get(f"/v1/driving-licences/{licence['urn']}")).json()["version"] == 2

    assert await eventually(cancelled)


@pytest.mark.rule("domain-7")
async def test_a_merge_and_a_split_reach_the_register_as_notices(hearing, tell, office, person, vehicle_body) -> None:
    losing, into, stays, leaves = person(), person(), person(), person()
    car = (await office.post("/v1/vehicles", vehicle_body(losing))).json()["urn"]
    day = {"occurred_on": TODAY.isoformat()}
    nobody = {"into": None, "stays": None, "leaves": None, "returning": None}

    async def owned_by(name: str) -> bool:
        return [each["pseudonym"] for each in (await office.get(f"/v1/vehicles/{car}")).json()["subjects"]] == [name]

    await tell(losing, "merged", body=nobody | day | {"kind": "merged", "into": into})
    assert await eventually(lambda: owned_by(into))
    late = await office.post("/v1/vehicles", vehicle_body(losing))
    assert late.json()["subjects"][0]["pseudonym"] == into, "an office may still use the name that lost"
    parted = {"kind": "split", "stays": stays, "leaves": leaves, "returning": [losing]}
    await tell(into, "split", body=nobody | day | parted)
    assert await eventually(lambda: owned_by(leaves))
    assert (await office.get(f"/v1/vehicles/{late.json()['urn']}")).json()["subjects"] == []
