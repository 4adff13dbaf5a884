"""The relay's Kafka producer."""

from __future__ import annotations

import aiokafka.producer.sender
from aiokafka import AIOKafkaProducer

from onewindow_kit.broker import connection

PATIENCE = 12.0
"""Seconds that the relay waits for one Kafka transaction before it begins anew; a broker's failover took 5."""

TRANSACTION = 30.0
"""Seconds after which the broker aborts a transaction that nobody ended; above PATIENCE."""

# A broker answers "concurrent transactions" while it still writes the markers of the one before, for a millisecond or two.
# aiokafka then waits 20 ms, a module constant: at 300 changes/s that is the whole tail (p99 28 ms, with 2 ms p99 11 ms).
aiokafka.producer.sender.BACKOFF_OVERRIDE = 0.002


def transactional(kafka: str, department: str, prefix: str) -> AIOKafkaProducer:
    """A producer, not started, under the one transactional id of the department's relay."""
    return AIOKafkaProducer(
        **connection(kafka),
        client_id=f"relay.{department}",
        transactional_id=f"{prefix}relay.{department}",
        transaction_timeout_ms=int(TRANSACTION * 1000),
        acks="all",
        max_request_size=1_040_000,
        max_batch_size=262_144,
        request_timeout_ms=10_000,
        retry_backoff_ms=50,
    )
