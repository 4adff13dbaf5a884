"""Which dead letters an erasure means: by the record that they are about, or by what is in them.

A letter keeps a whole event, so it would outlive the erasure of its record. It is replaced by a tombstone in its topic,
and compaction takes its bytes.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Collection, Iterator

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from onewindow_kit.broker import connection
from onewindow_kit.keyring import NoKey
from onewindow_kit.sealing import Sealer, Tampered

Meant = Callable[[ConsumerRecord], bool]


async def kept(kafka: str, topic: str) -> dict[bytes, ConsumerRecord]:
    """All letters of ``topic`` (with prefix; one partition) that are not tombstoned, by key; none if there is no topic."""
    consumer = AIOKafkaConsumer(
        **connection(kafka), auto_offset_reset="earliest", request_timeout_ms=10_000, fetch_max_wait_ms=50
    )
    found: dict[bytes, ConsumerRecord] = {}
    async with consumer:
        if topic not in await consumer.topics():
            return found
        place = TopicPartition(topic, 0)
        consumer.assign([place])
        end = (await consumer.end_offsets([place]))[place]
        while await consumer.position(place) < end:
            for message in (await consumer.getmany(timeout_ms=500)).get(place, ()):
                if message.value is None:
                    found.pop(message.key, None)
                else:
                    found[message.key] = message
    return found


def about(urns: Collection[str]) -> Meant:
    """Letters whose event was keyed by one of these records."""
    keys = {urn.encode() for urn in urns}
    return lambda letter: dict(letter.headers).get("original-key") in keys


def naming(sealer: Sealer, names: Collection[str]) -> Meant:
    """Letters in which one of ``names`` (pseudonyms, URNs) stands, sealed or not."""
    wanted = [name.encode() for name in names]
    return lambda letter: any(name in part for part in _parts(sealer, letter) for name in wanted)


def _parts(sealer: Sealer, letter: ConsumerRecord) -> Iterator[bytes]:
    """What can be read of a letter: its description, its content, and what is sealed within that."""
    head = dict(letter.headers)
    yield from head.values()
    topic, value = head.get("ow-topic", b"").decode(), letter.value or b""
    if head.get("ow-wrapped") != b"true":
        kept_head = {name.removeprefix("original-"): raw for name, raw in head.items() if name.startswith("original-")}
        yield from _opened(sealer, topic, head.get("original-key"), kept_head, value)
        return
    for content in _opened(sealer, topic, letter.key, head | {"ow-version": b"0"}, value):
        whole = json.loads(content)
        key, inner = (base64.b64decode(whole[name] or "") for name in ("key", "value"))
        inner_head = {name: base64.b64decode(raw) for name, raw in whole["headers"]}
        yield from (key, inner, *inner_head.values())
        yield from _opened(sealer, topic, key, inner_head, inner)


def _opened(sealer: Sealer, topic: str, key: bytes | None, head: dict[str, bytes], value: bytes) -> Iterator[bytes]:
    try:
        yield sealer.open(topic, head["ow-key"].decode(), (key or b"").decode(), int(head["ow-version"]), value)
    except (KeyError, ValueError, NoKey, Tampered):
        return  # not sealed for its place: whoever looks for a name sees the bytes as they are
