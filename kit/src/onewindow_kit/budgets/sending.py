"""Sending the alarms that a node's processes raised: each until Kafka has it."""

from __future__ import annotations

import asyncio
from typing import Final

from aiokafka import AIOKafkaProducer

from onewindow_kit.alarms import TOPIC, sealed
from onewindow_kit.broker import connection
from onewindow_kit.budgets import metrics
from onewindow_kit.budgets.raising import Raising
from onewindow_kit.sealing import Sealer

POLL: Final = 0.05  # seconds between two looks for what other processes of the node raised


async def send(raising: Raising, sealer: Sealer, kafka: str, prefix: str) -> None:
    """Wait for alarms and send all there are; KafkaError when the broker goes: they wait on."""
    while not (waiting := raising.waiting()):
        metrics.UNSENT.set(0)
        await asyncio.sleep(POLL)
    metrics.UNSENT.set(len(waiting))
    producer = AIOKafkaProducer(
        **connection(kafka), client_id="alarms", acks="all", enable_idempotence=True, request_timeout_ms=10_000
    )
    async with producer:
        while waiting:
            for alarm in waiting:
                key, value, headers = sealed(sealer, alarm)
                await producer.send_and_wait(prefix + TOPIC, value, key=key, headers=headers, partition=0)
            raising.sent(waiting)
            waiting = raising.waiting()
