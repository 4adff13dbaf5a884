"""An instance's whole log as the gateway reads it: messages by topic and partition, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.projector.source import Place, connect
from gateway.projector.topic_ids import Found
from gateway.view.shapes import Shapes

AT_A_TIME = 2000


@dataclass(frozen=True, slots=True)
class Log:
    """``cluster`` and ``found`` are what a view notes of where it was made from; heartbeats are not in it."""

    cluster: str
    found: dict[str, Found]
    messages: dict[Place, list[Any]]

    def __len__(self) -> int:
        return sum(map(len, self.messages.values()))


async def read(kafka: str, shapes: Shapes) -> Log:
    """Every committed message of the topics that a view is made from, up to where they end now."""
    async with connect(kafka, "") as source:
        cluster, found = await source.describe(shapes.topics)
        places = [(topic, number) for topic, each in found.items() for number in each.partitions]
        ends = await source.assign(dict.fromkeys(places, 0), [])
        messages: dict[Place, list[Any]] = {place: [] for place in places}
        while any([await source.position(place) < ends[place] for place in places]):
            for place, batch in (await source.poll(most=AT_A_TIME, wait=0.2)).items():
                messages[place] += batch
        return Log(cluster, found, {place: batch for place, batch in messages.items() if batch})
