"""Dead letters: refused events kept whole, sealed, and described without personal data.

One topic per consuming department, ``<department>.dead-letter.v1``, keyed ``topic-partition-offset``: the same refusal
twice is the same letter. An event whose seal was good keeps its bytes (under the original topic's key). Anything else may
be somebody's data in clear, so bytes, key and headers are sealed anew under that topic's key (``ow-wrapped: true``).
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaProducer

from onewindow_kit.broker import connection
from onewindow_kit.clock import now, stamp
from onewindow_kit.consumer.forgetting import Meant, kept
from onewindow_kit.consumer.metrics import DEAD
from onewindow_kit.sealing import Sealer

ENVELOPE_VERSION = 0
"""The version that a wrapped letter is sealed under; no record has it."""

_KEPT = ("ce_id", "ce_type", "ce_source", "ce_time", "ow-version", "ow-key", "ow-correlation")
_PLAIN = re.compile(rb"[A-Za-z0-9:/@._+-]{1,300}")


class DeadLetters:
    """``async with DeadLetters(…) as letters: await letters.put(…)``; acknowledged by all replicas before it returns."""

    def __init__(self, consumer: str, *, kafka: str, instance: str, sealer: Sealer, prefix: str = "") -> None:
        self.topic = f"{consumer}.dead-letter.v1"
        self._consumer = consumer
        self._kafka = kafka
        self._instance = instance
        self._prefix = prefix
        self._sealer = sealer
        self._producer = AIOKafkaProducer(
            **connection(kafka),
            client_id=f"{consumer}.dead-letters",
            acks="all",
            enable_idempotence=True,
            max_request_size=1_040_000,
            request_timeout_ms=10_000,
        )

    async def __aenter__(self) -> DeadLetters:
        await self._producer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._producer.stop()

    async def put(
        self,
        topic: str,
        partition: int,
        offset: int,
        key: bytes | None,
        value: bytes | None,
        headers: Sequence[tuple[str, bytes]],
        *,
        reason: str,
        detail: str = "",
        sealed: bool,
    ) -> None:
        """Keep one message of ``topic`` (without prefix); KafkaError or TimeoutError: then it is not kept.

        ``reason``: kebab-case code; ``detail``: text without personal data; ``sealed``: the message's own seal was good.
        """
        place = f"{topic}-{partition}-{offset}"
        seen = stamp(now())
        said = {name: raw for name, raw in headers if name in _KEPT and _PLAIN.fullmatch(raw)}
        about: dict[str, str | bytes] = {
            "ce_specversion": "1.0",
            "ce_id": place,
            "ce_source": f"/{self._instance}/{self._consumer}",
            "ce_type": f"{self._consumer}.dead-letter",
            "ce_time": seen,
            "ce_dataschema": self.topic,
            "content-type": "application/vnd.onewindow.sealed",
            "ow-topic": topic,
            "ow-partition": str(partition),
            "ow-offset": str(offset),
            "ow-consumer": self._consumer,
            "ow-first-seen": seen,
            "ow-reason": reason,
            "ow-detail": detail[:300],
        }
        about |= {f"original-{name}": raw for name, raw in said.items()}
        if key is not None and key.startswith(b"urn:onewindow:") and _PLAIN.fullmatch(key):
            about["original-key"] = key
        if sealed:
            about["ow-key"] = said.get("ow-key", b"")
        else:
            about["ow-key"], value = self._wrap(topic, place, key, value, headers)
            about["ow-wrapped"] = "true"
        head = [(name, raw.encode() if isinstance(raw, str) else raw) for name, raw in about.items()]
        await self._producer.send_and_wait(self._prefix + self.topic, value, key=place.encode(), headers=head)
        DEAD.labels(self._consumer, topic, reason).inc()

    async def forget(self, meant: Meant) -> int:
        """Tombstone each kept letter that is ``meant``; how many. Reads the whole topic: for erasures, which are rare."""
        gone = [key for key, letter in (await kept(self._kafka, self._prefix + self.topic)).items() if meant(letter)]
        for key in gone:
            await self._producer.send_and_wait(self._prefix + self.topic, None, key=key)
        return len(gone)

    def _wrap(
        self, topic: str, place: str, key: bytes | None, value: bytes | None, headers: Sequence[tuple[str, bytes]]
    ) -> tuple[str, bytes]:
        whole: dict[str, Any] = {
            "key": _text(key),
            "value": _text(value),
            "headers": [[name, _text(raw)] for name, raw in headers],
        }
        return self._sealer.seal(topic, place, ENVELOPE_VERSION, json.dumps(whole).encode())


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else base64.b64encode(raw).decode()
