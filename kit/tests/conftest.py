"""A small department on real engines: its database, keyrings, topics and Kafka prefix, new for each test."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from onewindow_kit import db, migrations, testing, topics
from onewindow_kit.clock import now
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.records import Record, Records, new_urn
from onewindow_kit.testing import fresh_database, kafka_address, topic_prefix
from sqlalchemy.ext.asyncio import async_sessionmaker

eventually = partial(testing.eventually, within=60)  # machines that run tests may be busy with others

TITLE = "housing.title.v1"
AUTHORITY = "demo.title-registry"
TOPIC_FILES: list[dict[str, Any]] = [
    {
        "topic": TITLE,
        "kind": "record",
        "department": "housing",
        "record_type": "title",
        "authorities": ["title-registry"],
        "producers": ["housing"],
        "consumers": ["gateway", "transport"],
        "partitions": 2,
        "retention": {"cleanup": "compact", "max_compaction_lag": "PT24H", "delete_retention": "P7D"},
    },
    {
        "topic": "housing.case.v1",
        "kind": "record",
        "department": "housing",
        "record_type": "case",
        "authorities": ["title-registry"],
        "producers": ["housing"],
        "consumers": ["gateway"],
        "partitions": 1,
        "retention": {"cleanup": "compact", "max_compaction_lag": "PT24H", "delete_retention": "P7D"},
    },
    {"topic": "housing.heartbeat.v1", "kind": "heartbeat", "department": "housing", "consumers": ["gateway"]},
    {"topic": "transport.dead-letter.v1", "kind": "dead-letter", "department": "transport"},
]
AUTHORITIES = [
    {"id": AUTHORITY, "sector": "housing", "host": "housing"},
    {"id": "demo.vehicle-administration", "sector": "transport", "host": "transport"},
    {"id": "demo.social-aid", "sector": "social-aid", "host": None},
]
HOLDERS = ["identity", "housing", "transport", "gateway"]


@dataclass
class Department:
    """Housing, as far as the kit is concerned; ``keys`` by holder."""

    url: str
    sessions: async_sessionmaker
    records: Records
    keys: dict[str, Keyring]
    prefix: str
    kafka: str

    def record(self, urn: str | None = None, version: int = 1, change: str = "created", **body: Any) -> Record:
        urn = urn or new_urn(AUTHORITY, "title")
        at = now()
        envelope = {"urn": urn, "version": version, "change": change, "authority": AUTHORITY, "body": body}
        return Record(TITLE, urn, version, change, AUTHORITY, json.dumps(envelope).encode(), at)

    async def publish(self, *records: Record) -> None:
        async with self.sessions() as session, session.begin():
            await self.records.publish(session, *records)

    async def fetch(self, statement: str, *arguments: Any) -> list[Any]:
        async with self.sessions() as session:
            connection = await session.connection()
            return list((await connection.exec_driver_sql(statement, arguments)).all())

    @asynccontextmanager
    async def log(self, topic: str = TITLE) -> AsyncIterator["Log"]:
        """Reads ``topic`` from its beginning, committed messages only."""
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self.kafka,
            isolation_level="read_committed",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
        )
        async with consumer:
            name = self.prefix + topic
            partitions = {file["topic"]: file.get("partitions", 1) for file in TOPIC_FILES}[topic]
            consumer.assign([TopicPartition(name, number) for number in range(partitions)])
            yield Log(consumer)


class Log:
    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self._consumer = consumer
        self.messages: list[ConsumerRecord] = []

    async def read(self) -> list[ConsumerRecord]:
        """All messages so far."""
        for messages in (await self._consumer.getmany(timeout_ms=50)).values():
            self.messages.extend(messages)
        return self.messages


@pytest.fixture
async def department(tmp_path: Path) -> AsyncIterator[Department]:
    prefix = topic_prefix()
    await topics.ensure(kafka_address(), TOPIC_FILES, prefix=prefix)
    paths = provision(tmp_path / "keys", TOPIC_FILES, AUTHORITIES, HOLDERS)
    keys = {name: Keyring.load(path) for name, path in paths.items()}
    async with fresh_database("kit") as url:
        engine = db.create_engine(url, pool_size=20)
        async with engine.begin() as connection:
            for create in (migrations.v1, migrations.v2):
                await connection.run_sync(lambda bind, create=create: create(_Operations(bind)))
        sessions = db.session_factory(engine)
        yield Department(url, sessions, Records(keys["housing"], "demo"), keys, prefix, kafka_address())
        await engine.dispose()


class _Operations:
    """As much of ``alembic.op`` as the kit's migration uses."""

    def __init__(self, bind: Any) -> None:
        self._bind = bind

    def get_bind(self) -> Any:
        return self._bind
