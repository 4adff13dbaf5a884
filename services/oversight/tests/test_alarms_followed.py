"""From an alarm in Kafka to a lock in the database, once, whatever is read again."""

import asyncio
import secrets
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaProducer
from onewindow_contracts import loader
from onewindow_kit import alarms, topics
from onewindow_kit.clock import now, stamp
from onewindow_kit.keyring import Keyring
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import eventually, kafka_address, topic_prefix
from oversight.consumers.alarms import follow
from oversight.store import credentials


async def test_an_alarm_locks_whose_budget_it_was_and_what_is_no_alarm_is_passed_over(app: Any, keys: Path) -> None:
    prefix, officer = topic_prefix(), f"officer-{secrets.token_hex(4)}"
    topic = loader.load().topics[alarms.TOPIC]
    await topics.ensure(kafka_address(), [topic], prefix=prefix)
    office = "demo.title-registry"
    counted = {"budget": "actor-hour", "limit": 40, "count": 40}
    name = alarms.identity(officer)
    said = alarms.Alarm(name, stamp(now()), "demo", "budget", "officer", office, office, officer, None, **counted)
    key, value, headers = alarms.sealed(Sealer(Keyring.load(keys / "gateway.json")), said)
    async with AIOKafkaProducer(bootstrap_servers=kafka_address()) as producer:
        await producer.send_and_wait(prefix + alarms.TOPIC, b"rubbish", key=b"rubbish")
        for _node in range(2):
            await producer.send_and_wait(prefix + alarms.TOPIC, value, key=key, headers=headers)
    database, woken, stop = app.state.edge.database, [], asyncio.Event()

    async def locked() -> bool:
        async with database.sessions() as session:
            return await credentials.locked(session, office, officer)

    where = {"kafka": kafka_address(), "prefix": prefix}
    following = asyncio.create_task(follow(app.state.desk, database.sessions, lambda: woken.append(1), stop, **where))
    try:
        await eventually(locked, within=15)
        await eventually(lambda: len(woken) == 2, within=15)
    finally:
        stop.set()
        await following
