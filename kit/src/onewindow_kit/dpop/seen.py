"""Proofs that were used, remembered by all processes of a node for as long as they would be good.

A proof says itself when it was made, so its key here begins with that second: what is too old lies in front, and a repeat
lies where the first one lies. Whoever signs two proofs of one id for two seconds repeats nothing but their own work.
"""

from __future__ import annotations

import hashlib
import time
from typing import Any

from onewindow_kit.node import Node

DATABASE = "proofs"
KEPT = 90
"""Seconds after which a proof is forgotten; longer than any is good."""
EACH, SWEPT = 8, 32
"""One in ``EACH`` new ones takes up to ``SWEPT`` old ones with it: more than come, so that the store shrinks after a rush."""


class Seen:
    """``node`` must be open when ``first`` is asked."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def first(self, thumbprint: str, jti: str, made_at: int) -> bool:
        """Whether no process of the node has seen this proof; from now on it has been."""
        name = made_at.to_bytes(5) + hashlib.sha256(f"{thumbprint}|{jti}".encode()).digest()[:20]
        database = self._node.database(DATABASE)
        with self._node.write() as transaction:
            fresh = transaction.put(name, b"", db=database, overwrite=False)
            if name[-1] % EACH == 0:
                _sweep(transaction.cursor(database))
        return fresh


def _sweep(cursor: Any) -> None:
    oldest = int(time.time() - KEPT).to_bytes(5)
    for _ in range(SWEPT):
        if not cursor.first() or cursor.key() >= oldest:
            break
        cursor.delete()
