"""Who may do what at the embedded Kafka: each process is somebody, and may do what the topic files say."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, TopicAuthorizationFailedError
from onewindow_contracts.loader import load
from onewindow_kit.broker import connection
from onewindow_kit.topics import ensure
from onewindow_local import brokers
from onewindow_local.engines.kafka import Kafka, serves
from onewindow_local.engines.kafka_settings import ADMIN
from onewindow_local.instance import Instance
from onewindow_local.testing import free_block

TITLE = "housing.title.v1"


@pytest.fixture(scope="module")
async def instance(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Instance]:
    made = Instance(tmp_path_factory.mktemp("broker"), free_block())
    kafka = Kafka(made.folder / "kafka", made.kafka_port, made.controller_port, admin=brokers.passwords(made)[ADMIN])
    await kafka.start()
    try:
        await asyncio.to_thread(brokers.provide, made, load().topics.values())
        yield made
    finally:
        await kafka.stop()


async def write(instance: Instance, user: str, topic: str) -> None:
    async with AIOKafkaProducer(**connection(brokers.address(instance, user)), request_timeout_ms=5000) as producer:
        await asyncio.wait_for(producer.send_and_wait(topic, b"x", key=b"k"), 10)


async def test_a_department_writes_its_own_topics_and_nobody_elses(instance: Instance):
    titles = [topic for topic in load().topics.values() if topic.topic == TITLE]
    assert await ensure(brokers.address(instance, "housing"), titles) == [TITLE]
    await write(instance, "housing", TITLE)
    for other in ("identity", "transport", "projector", brokers.OPERATOR):
        with pytest.raises(TopicAuthorizationFailedError):
            await write(instance, other, TITLE)


async def test_nobody_is_answered_without_a_name_or_under_a_wrong_password(instance: Instance):
    with pytest.raises(KafkaError):
        async with AIOKafkaProducer(bootstrap_servers=f"127.0.0.1:{instance.kafka_port}", request_timeout_ms=2000):
            pass
    with pytest.raises(KafkaError):
        wrong = f"scram-sha-256://housing:guessed@127.0.0.1:{instance.kafka_port}"
        async with AIOKafkaProducer(**connection(wrong), request_timeout_ms=2000):
            pass
    for port in (instance.kafka_port, instance.controller_port):
        assert not serves(port), "the broker answered somebody anonymous"


def test_the_password_of_the_administrator_is_for_the_owner_only(instance: Instance):
    for file in (instance.folder / "kafka" / "server.properties", instance.keys / "kafka.json"):
        assert file.stat().st_mode & 0o077 == 0


async def test_a_right_that_no_topic_file_gives_any_more_is_taken_back(instance: Instance):
    topics = list(load().topics.values())
    titles = [topic for topic in topics if topic.topic == TITLE]
    await ensure(brokers.address(instance, "housing"), titles)
    await asyncio.to_thread(brokers.provide, instance, [topic for topic in topics if topic not in titles])
    await write(instance, "housing", TITLE)  # a topic that nobody names is left as it is
    taken = [replace(topic, producers=("identity",), department="identity") for topic in titles]
    await asyncio.to_thread(brokers.provide, instance, taken)
    with pytest.raises(TopicAuthorizationFailedError):
        await write(instance, "housing", TITLE)
