"""Which cluster this is and which topics these are: a topic that was deleted and made again has another id.

Kafka's Metadata request carries topic ids from version 10 on; aiokafka stops at version 5, so version 12 is written here
in aiokafka's own building blocks.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import UnknownTopicOrPartitionError, for_code
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import (
    AbstractType,
    Boolean,
    CompactArray,
    CompactString,
    Int16,
    Int32,
    Schema,
    TaggedFields,
)


class _TopicId(AbstractType[uuid.UUID]):
    """16 bytes."""

    @classmethod
    def encode(cls, value: uuid.UUID) -> bytes:
        return value.bytes

    @classmethod
    def decode(cls, data: BytesIO) -> uuid.UUID:
        return uuid.UUID(bytes=data.read(16))

    @classmethod
    def repr(cls, value: uuid.UUID) -> str:
        return str(value)


class _MetadataResponse(Response):
    API_KEY = 3  # type: ignore[assignment]  # as aiokafka's own responses do
    API_VERSION = 12  # type: ignore[assignment]  # likewise
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "brokers",
            CompactArray(
                ("node_id", Int32),
                ("host", CompactString("utf-8")),
                ("port", Int32),
                ("rack", CompactString("utf-8")),
                ("tags", TaggedFields),
            ),
        ),
        ("cluster_id", CompactString("utf-8")),
        ("controller_id", Int32),
        (
            "topics",
            CompactArray(
                ("error_code", Int16),
                ("name", CompactString("utf-8")),
                ("topic_id", _TopicId),
                ("is_internal", Boolean),
                (
                    "partitions",
                    CompactArray(
                        ("error_code", Int16),
                        ("partition", Int32),
                        ("leader", Int32),
                        ("leader_epoch", Int32),
                        ("replicas", CompactArray(Int32)),
                        ("isr", CompactArray(Int32)),
                        ("offline_replicas", CompactArray(Int32)),
                        ("tags", TaggedFields),
                    ),
                ),
                ("authorized_operations", Int32),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class _MetadataStruct(RequestStruct):
    API_KEY = 3
    API_VERSION = 12
    RESPONSE_TYPE = _MetadataResponse
    FLEXIBLE_VERSION = True
    SCHEMA = Schema(
        (
            "topics",
            CompactArray(("topic_id", _TopicId), ("name", CompactString("utf-8")), ("tags", TaggedFields)),
        ),
        ("allow_auto_topic_creation", Boolean),
        ("include_topic_authorized_operations", Boolean),
        ("tags", TaggedFields),
    )


class _MetadataRequest(Request[_MetadataStruct]):
    API_KEY = 3

    def __init__(self, topics: list[str]) -> None:
        self._topics = topics

    def build(self, request_struct_class: type[_MetadataStruct]) -> _MetadataStruct:
        zero = uuid.UUID(int=0)
        topics: list[Any] = [(zero, name, {}) for name in self._topics]
        return request_struct_class(topics, False, False, {})


@dataclass(frozen=True)
class Found:
    """A topic as it stands in Kafka."""

    id: str
    partitions: tuple[int, ...]


async def find(client: AIOKafkaClient, topics: Iterable[str]) -> tuple[str, dict[str, Found]]:
    """The cluster's id, and those of ``topics`` that exist. KafkaError when no broker answers."""
    answer = await client.send(client.get_random_node(), _MetadataRequest(sorted(topics)))
    found = {}
    for error, name, topic_id, _internal, partitions, *_ in answer.topics:
        if error and for_code(error) is UnknownTopicOrPartitionError:
            continue
        if error:
            raise for_code(error)(name)
        found[name] = Found(str(topic_id), tuple(sorted(partition[1] for partition in partitions)))
    return answer.cluster_id, found


__all__ = ["Found", "find"]
