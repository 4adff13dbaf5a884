"""Making topics as their files say; harmless to repeat, loud about what may not change."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import (
    InvalidReplicationFactorError,
    KafkaConnectionError,
    NodeNotReadyError,
    NotControllerError,
    RequestTimedOutError,
    TopicAlreadyExistsError,
    UnknownTopicOrPartitionError,
    for_code,
)

from onewindow_kit.broker import connection
from onewindow_kit.topics.compiled import Topic

DAY = 86_400_000
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_PASSING = (
    KafkaConnectionError,
    NodeNotReadyError,
    NotControllerError,
    RequestTimedOutError,
    UnknownTopicOrPartitionError,
    InvalidReplicationFactorError,  # no broker is there for the moment: one that was slow to answer is fenced for a while
)

log = structlog.get_logger(__name__)


class TopicMismatch(RuntimeError):
    """A topic stands in Kafka with another number of partitions: keys would move, so nobody changes it silently."""


async def ensure(kafka: str, topics: Iterable[Any], *, prefix: str = "", wait: float = 30.0) -> list[str]:
    """Create the topics that are missing and set the retention that their files name; returns the created ones.

    ``topics``: topic files (mappings or objects). Waits up to ``wait`` seconds for a broker that is starting (then the
    KafkaError comes through). TopicMismatch when a partition count differs. With three brokers or more, three replicas
    of which two must acknowledge; otherwise one.
    """
    wanted = {prefix + topic.topic: topic for topic in map(Topic.of, topics)}
    deadline = asyncio.get_running_loop().time() + wait
    while True:
        try:
            async with asyncio.timeout_at(max(deadline, asyncio.get_running_loop().time() + 1)):
                return await _ensure(kafka, wanted)
        except _PASSING as error:
            if asyncio.get_running_loop().time() >= deadline:
                raise
            log.info("waiting for Kafka", error=type(error).__name__)
            await asyncio.sleep(0.25)


def settings_of(topic: Topic, *, replicas: int = 1) -> dict[str, str]:
    """Kafka's topic settings. A record topic is compacted: at most 24 h until an old version or an erased record is
    gone, and a tombstone stays at least 7 days, so that a view that was away shorter sees it."""
    retention = topic.retention
    settings = {
        "min.insync.replicas": "2" if replicas >= 3 else "1",
        "max.message.bytes": "1048588",
        "message.timestamp.type": "CreateTime",
    }
    cleanup = str(retention.get("cleanup") or ("delete" if topic.kind in ("dead-letter", "log") else "compact"))
    settings["cleanup.policy"] = cleanup
    if "compact" in cleanup:
        settings["max.compaction.lag.ms"] = str(_milliseconds(retention.get("max_compaction_lag"), DAY))
        settings["delete.retention.ms"] = str(_milliseconds(retention.get("delete_retention"), 7 * DAY))
    if "delete" in cleanup:
        settings["retention.ms"] = str(_milliseconds(retention.get("retention"), -1))
    return settings


def _milliseconds(duration: Any, default: int) -> int:
    if duration is None:
        return default
    match = _DURATION.fullmatch(str(duration))
    if match is None or not any(match.groups()):
        raise ValueError(f"not an ISO 8601 duration of days, hours, minutes, seconds: {duration}")
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000


async def _ensure(kafka: str, wanted: Mapping[str, Topic]) -> list[str]:
    admin = AIOKafkaAdminClient(**connection(kafka), request_timeout_ms=10_000)
    try:
        await admin.start()
        replicas = 3 if len((await admin.describe_cluster())["brokers"]) >= 3 else 1
        present = set(await admin.list_topics())
        missing = [name for name in wanted if name not in present]
        if missing:
            await _create(admin, {name: wanted[name] for name in missing}, replicas)
        await _compare(admin, {name: wanted[name] for name in wanted if name in present}, replicas)
        return missing
    finally:
        await admin.close()


async def _create(admin: AIOKafkaAdminClient, topics: Mapping[str, Topic], replicas: int) -> None:
    answer: Any = await admin.create_topics(
        [
            NewTopic(name, topic.partitions, replicas, topic_configs=settings_of(topic, replicas=replicas))
            for name, topic in topics.items()
        ]
    )
    for name, code, *_ in answer.topic_errors:
        if code and for_code(code) is not TopicAlreadyExistsError:  # two services may start at once
            raise for_code(code)(name)


async def _compare(admin: AIOKafkaAdminClient, topics: Mapping[str, Topic], replicas: int) -> None:
    if not topics:
        return
    for found in await admin.describe_topics(list(topics)):
        if found["error_code"]:
            raise for_code(found["error_code"])(found["topic"])
        topic, count = topics[found["topic"]], len(found["partitions"])
        if count != topic.partitions:
            raise TopicMismatch(
                f"{found['topic']} has {count} partitions, its file says {topic.partitions}. Records would change their"
                " order, so the number never changes: give the topic a new major version, or begin with empty data."
            )
    settings = {name: settings_of(topic, replicas=replicas) for name, topic in topics.items()}
    resources = [ConfigResource(ConfigResourceType.TOPIC, name, dict(values)) for name, values in settings.items()]
    present: dict[str, dict[str, str]] = {}
    answers: list[Any] = await admin.describe_configs(resources)
    for answer in answers:
        for _, _, _, name, entries in answer.resources:
            present[name] = {entry[0]: entry[1] for entry in entries}
    changed = [name for name, values in settings.items() if not values.items() <= present[name].items()]
    if changed:
        log.info("topic settings changed", topics=changed)
        resources = [ConfigResource(ConfigResourceType.TOPIC, name, settings[name]) for name in changed]
        answers = await admin.alter_configs(resources)
        for answer in answers:
            for code, message, *_ in answer.resources:
                if code:
                    raise for_code(code)(message)
