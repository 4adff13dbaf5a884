"""Identity tells of a death, its revocation, a new name; the register acts, and what may not come in is kept aside."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord
from housing.app import consume, topics
from housing.settings import Settings
from onewindow_contracts import loader
from onewindow_kit import wire
from onewindow_kit.clock import now, stamp
from onewindow_kit.keyring import Keyring
from onewindow_kit.records import new_urn
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import eventually, kafka_address, topic_prefix
from onewindow_kit.topics import Topic, ensure

TOPIC = "identity.notice-housing.v1"
OFFICE = "demo.population-office"
DIED = "2026-10-02"


class Identity:
    """The population office's side of the topic: sealed with identity's own keys, sent to the real broker."""

    def __init__(self, sealer: Sealer, producer: AIOKafkaProducer, prefix: str) -> None:
        self.sealer, self.producer, self.prefix = sealer, producer, prefix

    async def tell(self, person: str, kind: str, name: str | None = None, **other: Any) -> str:
        """Publish one notice; its URN."""
        urn, at = new_urn(OFFICE, "notice-housing"), now()
        envelope = {
            "urn": urn,
            "version": 1,
            "change": "created",
            "authority": OFFICE,
            "effective_on": DIED,
            "recorded_at": stamp(at),
            "legal_basis": "户口登记条例 第八条",
            "contract": TOPIC,
            "subjects": [{"pseudonym": person, "role": "person", "from": DIED, "until": None, "part": None}],
            "body": {"kind": kind, "occurred_on": DIED, "name": name},
        } | other
        authority = envelope["authority"]
        key_id, value = self.sealer.seal(TOPIC, urn, 1, json.dumps(envelope).encode())
        headers = wire.headers("demo", TOPIC, urn, 1, "created", authority, key_id, "urn:uuid:0", at)
        await self.producer.send_and_wait(self.prefix + TOPIC, value, key=urn.encode(), headers=headers)
        return urn

    async def letter(self, urn: str) -> ConsumerRecord:
        """The dead letter of the record ``urn``."""
        topic = f"{self.prefix}housing.dead-letter.v1"
        letters = AIOKafkaConsumer(topic, bootstrap_servers=kafka_address(), auto_offset_reset="earliest")
        async with letters:
            async for letter in letters:
                if dict(letter.headers).get("original-key") == urn.encode():
                    return letter
        raise AssertionError("the consumer ended")


@pytest.fixture(scope="session")
async def population(settings: Settings, keys: Any) -> AsyncIterator[Identity]:
    prefix = topic_prefix()
    here = settings.model_copy(update={"kafka": kafka_address(), "topic_prefix": prefix})
    notices = Topic.of(loader.load().topics[TOPIC])
    await ensure(here.kafka, [notices, *topics(here)], prefix=prefix)
    stop = asyncio.Event()
    async with AIOKafkaProducer(bootstrap_servers=here.kafka) as producer:
        consuming = asyncio.create_task(consume(here, stop))
        yield Identity(Sealer(Keyring.load(keys / "identity.json")), producer, prefix)
        stop.set()
        await consuming


@pytest.fixture
def version(office: Any) -> Callable[..., Any]:
    """Waits until a title has a version, and answers it."""

    async def reached(urn: str, number: int) -> dict[str, Any]:
        async def there() -> dict[str, Any] | None:
            title = (await office.get(f"/v1/titles/{urn}")).json()
            return title if title["version"] == number else None

        return await eventually(there)

    return reached


async def test_a_death_blocks_disposal_until_the_heirs_are_registered(
    population, office, registered, person, sale, loan, named, refused, version
):
    owner, heir, buyer = person(), person(), person()
    title = await registered(owner)
    base = f"/v1/titles/{title['urn']}"
    heirs = {"deceased": owner, "owners": named(heir), "legal_basis": "民法典 第二百三十条"}
    refused(await office.post(f"{base}/succession", heirs, version=1), 409, "owner-not-dead")
    await population.tell(owner, "death")
    blocked = await version(title["urn"], 2)
    assert blocked["body"]["disposable"] is False and blocked["effective_on"] == DIED
    for path, body in (("transfer", sale(buyer, consents=[owner])), ("mortgages", loan(owner))):
        refused(await office.post(f"{base}/{path}", body, version=2), 409, "owner-dead")
    inherited = (await office.post(f"{base}/succession", heirs, version=2)).json()
    assert inherited["effective_on"] == DIED < inherited["recorded_at"]
    assert [(s["pseudonym"], s["from"]) for s in inherited["subjects"]] == [(heir, DIED)]
    assert inherited["body"]["cause"] == "inheritance" and inherited["body"]["disposable"] is True
    assert (await office.post(f"{base}/transfer", sale(buyer, consents=[heir]), version=3)).status_code == 200
    refused(await office.post(f"{base}/transfer", sale(owner, consents=[buyer]), version=4), 409, "person-dead")


async def test_a_death_declared_in_error_is_taken_back(population, office, registered, person, sale, version):
    owner = person()
    title = await registered(owner)
    await population.tell(owner, "death")
    await version(title["urn"], 2)
    await population.tell(owner, "revival")
    assert (await version(title["urn"], 3))["body"]["disposable"] is True
    sold = await office.post(f"/v1/titles/{title['urn']}/transfer", sale(person(), consents=[owner]), version=3)
    assert sold.status_code == 200


async def test_a_title_registered_after_the_notice_is_refused_to_the_dead(
    population, office, person, first, refused, registered, version
):
    owner = person()
    known = await registered(owner)
    await population.tell(owner, "death")
    await version(known["urn"], 2)
    refused(await office.post("/v1/titles", first(owner)), 409, "person-dead")


async def test_a_new_name_is_on_the_next_certificate(population, office, registered, person):
    owner = person()
    title = await registered(owner)

    async def renamed() -> bool:
        issued = await office.post(f"/v1/titles/{title['urn']}/certificates")
        return [holder["name"] for holder in issued.json()["holders"]] == ["测试新名"]

    await population.tell(owner, "moved")
    await population.tell(owner, "name-changed", "测试新名")
    await eventually(renamed)
    assert (await office.get(f"/v1/titles/{title['urn']}")).json()["version"] == 1, "no record shows a name"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"body": {"kind": "death"}}, b"event-invalid"),
        ({"body": {"kind": "abduction", "occurred_on": DIED, "name": None}}, b"event-invalid"),
        ({"authority": "demo.title-registry"}, b"authority"),
    ],
)
async def test_what_may_not_come_in_is_a_dead_letter_and_the_next_notice_still_works(
    population, registered, person, version, other, reason
):
    owner = person()
    title = await registered(owner)
    refused = await population.tell(owner, "death", **other)
    await population.tell(owner, "death")
    blocked = await version(title["urn"], 2)
    assert blocked["body"]["disposable"] is False
    letter = await asyncio.wait_for(population.letter(refused), 10)
    assert reason in dict(letter.headers)["ow-reason"]
    assert owner.encode() not in (letter.value or b"")


@pytest.mark.rule("domain-7")
async def test_one_person_under_two_names_and_two_under_one(population, office, registered, person, version):
    losing, into, stays, leaves = (person() for _ in range(4))
    title = await registered(losing)
    told = {"occurred_on": DIED, "name": None, "into": None, "stays": None, "leaves": None, "returning": []}
    await population.tell(losing, "merged", body=told | {"kind": "merged", "into": into})
    merged = await version(title["urn"], 2)
    assert merged["change"] == "merged" and [s["pseudonym"] for s in merged["subjects"]] == [into]
    parted = told | {"kind": "split", "stays": stays, "leaves": leaves, "returning": [losing]}
    await population.tell(into, "split", body=parted)
    split = await version(title["urn"], 3)
    assert split["change"] == "corrected" and [s["pseudonym"] for s in split["subjects"]] == [leaves]
