"""Orders in which the same log may reach a projector: any interleaving of partitions, each partition in its own order.

A batch is what one read of Kafka gives: some messages of some partitions, and where reading goes on in each of these.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

from gateway.projector.source import Place
from gateway.view.shapes import LINK

Messages = dict[Place, list[Any]]


class Batch(NamedTuple):
    messages: Messages
    positions: dict[Place, int]


def one_after_another(log: Messages, places: list[Place], size: int = 1000) -> Iterator[Batch]:
    """All of one partition, then all of the next, in the order of ``places``."""
    for place in places:
        for start in range(0, len(log[place]), size):
            yield _batch({place: log[place][start : start + size]})


def riffled(log: Messages, chance: random.Random, *, most: int = 120) -> Iterator[Batch]:
    """A few messages of a few partitions at a time, at random, until all are empty."""
    following = dict.fromkeys(log, 0)
    while following:
        read: Messages = {}
        for place in chance.sample(list(following), min(len(following), chance.randint(1, 8))):
            start = following[place]
            end = following[place] = start + chance.randint(1, most)
            read[place] = log[place][start:end]
            if end >= len(log[place]):
                del following[place]
        yield _batch(read)


def repeated(log: Messages, chance: random.Random) -> Iterator[Batch]:
    """Riffled, and now and then some of what was read comes once more, and at last the older half of everything: older
    versions after newer ones."""
    read = dict.fromkeys(log, 0)
    for batch in riffled(log, chance, most=300):
        yield batch
        for place, messages in batch.messages.items():
            read[place] += len(messages)
            if chance.random() < 0.3:
                start = chance.randint(0, read[place] - 1)
                yield _batch({place: log[place][start : start + chance.randint(1, 100)]})
    for place, messages in log.items():
        yield _batch({place: messages[: (len(messages) + 1) // 2]})


def links_first(log: Messages, chance: random.Random) -> Iterator[Batch]:
    """Everything about who is who before anything about them."""
    yield from riffled(_of_links(log, True), chance, most=2000)
    yield from riffled(_of_links(log, False), chance, most=2000)


def links_last(log: Messages, chance: random.Random) -> Iterator[Batch]:
    """Records of people of whom no link record has told yet, to the very end."""
    yield from riffled(_of_links(log, False), chance, most=2000)
    yield from riffled(_of_links(log, True), chance, most=2000)


def _of_links(log: Messages, wanted: bool) -> Messages:
    return {place: messages for place, messages in log.items() if (place[0] == LINK) is wanted}


def _batch(messages: Messages) -> Batch:
    return Batch(messages, {place: batch[-1].offset + 1 for place, batch in messages.items()})
