"""What the store was made from, against what Kafka and the contracts say now: go on, read a topic again, or make it anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import structlog

from gateway.projector.source import Place
from gateway.projector.topic_ids import Found
from gateway.view.layout import pack_number, unpack_number
from gateway.view.shapes import Shape
from gateway.view.store import Store

log = structlog.get_logger(__name__)


def unfit(store: Store, cluster: str, found: Mapping[str, Found], shapes: Mapping[str, Shape]) -> str | None:
    """Why the view must be made anew, None when it may go on.

    Another cluster, a topic that was made again, and records that now stand in another section or in none: in each case
    what lies in the store is not what the log and the contracts say.
    """
    if (stored := store.meta("cluster")) is not None and stored.decode() != cluster:
        return "the cluster is another one"
    for topic, entry in _entries(store).items():
        shape = shapes.get(topic)
        if topic in found and entry["id"] != found[topic].id:
            return f"topic {topic} was made again"
        if (shape.section if shape is not None else None) != entry["section"]:
            return f"records of {topic} moved to another section"
    return None


def prepare(store: Store, cluster: str, found: Mapping[str, Found], shapes: Mapping[str, Shape]) -> dict[Place, int]:
    """Write down what the view is made from, number new topics, and return where to read on.

    A topic whose classes or audiences changed is read again from its beginning: what a contract hid was never stored.
    """
    known = _entries(store)
    numbered = store.topics()
    offsets: dict[Place, int] = {}
    meta = store.databases["meta"]
    with store.env.begin(write=True) as transaction:
        transaction.put(b"cluster", cluster.encode(), db=meta)
        for topic, shape in shapes.items():
            if topic not in numbered:
                numbered.append(topic)
            if topic not in found:
                continue
            again = topic in known and known[topic]["shape"] != shape.digest
            if again:
                log.info("reading a topic again, its contract changed", topic=topic)
            entry = {"id": found[topic].id, "shape": shape.digest, "section": shape.section}
            transaction.put(f"topic|{topic}".encode(), orjson.dumps(entry), db=meta)
            for partition in found[topic].partitions:
                key = offset_key(topic, partition)
                if again:
                    transaction.put(key, pack_number(0), db=meta)
                offsets[topic, partition] = unpack_number(transaction.get(key, db=meta))
        transaction.put(b"topics", orjson.dumps(numbered), db=meta)
    return offsets


def offset_key(topic: str, partition: int) -> bytes:
    return f"offset|{topic}|{partition}".encode()


def _entries(store: Store) -> dict[str, Any]:
    entries = {}
    with store.env.begin(db=store.databases["meta"]) as transaction, transaction.cursor() as cursor:
        found = cursor.set_range(b"topic|")
        while found and cursor.key().startswith(b"topic|"):
            entries[cursor.key()[6:].decode()] = orjson.loads(cursor.value())
            found = cursor.next()
    return entries
