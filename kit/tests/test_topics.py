"""Topics are made as their files say, again and again, and never changed silently."""

import asyncio

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError
from onewindow_kit import topics
from onewindow_kit.testing import free_port, kafka_address, topic_prefix
from onewindow_kit.topics import Topic, TopicMismatch

FILE = {
    "topic": "housing.title.v1",
    "kind": "record",
    "department": "housing",
    "partitions": 3,
    "retention": {"cleanup": "compact", "max_compaction_lag": "PT12H", "delete_retention": "P8D"},
}
HOUR = 3_600_000


async def described(name: str) -> tuple[int, dict[str, str]]:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka_address())
    await admin.start()
    try:
        (topic,) = await admin.describe_topics([name])
        (answer,) = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name)])
        return len(topic["partitions"]), {entry[0]: entry[1] for entry in answer.resources[0][4]}
    finally:
        await admin.close()


async def test_a_topic_is_made_as_its_file_says_once() -> None:
    prefix = topic_prefix()
    assert await topics.ensure(kafka_address(), [FILE], prefix=prefix) == [f"{prefix}housing.title.v1"]
    assert await topics.ensure(kafka_address(), [FILE], prefix=prefix) == []
    partitions, settings = await described(f"{prefix}housing.title.v1")
    assert partitions == 3
    assert settings["cleanup.policy"] == "compact"
    assert int(settings["max.compaction.lag.ms"]) == 12 * HOUR
    assert int(settings["delete.retention.ms"]) == 8 * 24 * HOUR


async def test_another_number_of_partitions_is_an_error() -> None:
    prefix = topic_prefix()
    await topics.ensure(kafka_address(), [FILE], prefix=prefix)
    with pytest.raises(TopicMismatch, match="3 partitions"):
        await topics.ensure(kafka_address(), [FILE | {"partitions": 4}], prefix=prefix)
    assert (await described(f"{prefix}housing.title.v1"))[0] == 3


async def test_a_changed_retention_is_applied() -> None:
    prefix = topic_prefix()
    await topics.ensure(kafka_address(), [FILE], prefix=prefix)
    changed = FILE | {"retention": {"cleanup": "compact", "max_compaction_lag": "PT24H", "delete_retention": "P7D"}}
    await topics.ensure(kafka_address(), [changed], prefix=prefix)
    assert int((await described(f"{prefix}housing.title.v1"))[1]["max.compaction.lag.ms"]) == 24 * HOUR


async def test_two_services_may_make_the_same_topics_together() -> None:
    prefix = topic_prefix()
    files = [FILE | {"topic": f"housing.r{n}.v1"} for n in range(5)]
    await asyncio.gather(*(topics.ensure(kafka_address(), files, prefix=prefix) for _ in range(3)))
    assert (await described(f"{prefix}housing.r4.v1"))[0] == 3


async def test_no_broker_is_an_error_after_the_wait() -> None:
    with pytest.raises((KafkaError, TimeoutError)):
        await topics.ensure(f"127.0.0.1:{free_port()}", [FILE], wait=0.5)


@pytest.mark.parametrize("duration", ["", "P", "24h", "P1M", "PT"])
def test_a_duration_that_is_none_is_refused(duration: str) -> None:
    file = FILE | {"retention": {"cleanup": "compact", "max_compaction_lag": duration}}
    with pytest.raises(ValueError, match="ISO 8601"):
        topics.settings_of(Topic.of(file))


def test_three_brokers_must_acknowledge_by_two() -> None:
    assert topics.settings_of(Topic.of(FILE), replicas=3)["min.insync.replicas"] == "2"


def test_a_topic_file_may_be_an_object_and_must_be_whole() -> None:
    class Compiled:
        topic, kind, department, section = "housing.title.v1", "record", "housing", "housing"

    assert Topic.of(Compiled()).topic == "housing.title.v1"
    with pytest.raises(ValueError, match="department"):
        Topic.of({"topic": "housing.title.v1", "kind": "record"})
