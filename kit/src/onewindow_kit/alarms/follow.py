"""Following the alarms from an offset that the reader keeps beside what it makes of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition

from onewindow_kit.alarms.alarm import TOPIC, Alarm, Malformed, opened
from onewindow_kit.broker import connection
from onewindow_kit.sealing import Sealer

log = structlog.get_logger(__name__)


async def follow(
    kafka: str, prefix: str, sealer: Sealer, offset: int, stop: asyncio.Event
) -> AsyncIterator[tuple[Alarm, int]]:
    """Each alarm from ``offset`` on with the offset to go on from after it, until ``stop``.

    What is no alarm is passed over, with a line in the log. An offset that retention has passed begins at the oldest. KafkaError
    when the broker goes: begin anew from the stored offset.
    """
    partition = TopicPartition(prefix + TOPIC, 0)
    consumer = AIOKafkaConsumer(
        **connection(kafka),
        client_id="alarms",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
    )
    async with consumer:
        consumer.assign([partition])
        consumer.seek(partition, offset)
        while not stop.is_set():
            fetched = await consumer.getmany(timeout_ms=200)
            for message in fetched.get(partition, ()):
                try:
                    alarm = opened(sealer, message.key, message.value, message.headers)
                except Malformed as error:
                    log.error("alarm not readable", offset=message.offset, reason=str(error))
                    continue
                yield alarm, message.offset + 1
