"""Places in logs up to which a node has folded, in its store beside what was folded."""

from __future__ import annotations

from typing import Any

from onewindow_kit.node import Node


class Offsets:
    """By topic (one partition each); ``caught`` says that the record was once read to its end since the store is there."""

    def __init__(self, node: Node) -> None:
        self._database, self._node = node.database("offsets"), node

    def get(self, topic: str) -> int | None:
        """The offset to go on from; None before anything was folded."""
        with self._node.read() as transaction:
            raw = transaction.get(_key(topic), db=self._database)
        return None if raw is None else int(raw)

    def put(self, transaction: Any, topic: str, following: int) -> None:
        transaction.put(_key(topic), b"%d" % following, db=self._database)

    def catch(self, topic: str) -> None:
        """Remember that the counts are whole: nothing of the log is missing but what comes now."""
        with self._node.write() as transaction:
            transaction.put(_key(topic) + b"|caught", b"1", db=self._database)

    def caught(self, topic: str) -> bool:
        with self._node.read() as transaction:
            return transaction.get(_key(topic) + b"|caught", db=self._database) is not None


def _key(topic: str) -> bytes:
    return f"fold|{topic}".encode()
