"""Reading what a process says of itself on its operators' port."""

from __future__ import annotations

import time
from collections import defaultdict

import httpx
from onewindow_kit.testing import eventually
from prometheus_client.parser import text_string_to_metric_families


async def read(client: httpx.AsyncClient, port: int) -> dict[str, float]:
    """Every metric, summed over its labels."""
    answer = await client.get(f"http://127.0.0.1:{port}/metrics")
    totals: dict[str, float] = defaultdict(float)
    for family in text_string_to_metric_families(answer.text.replace("# EOF", "")):
        for sample in family.samples:
            totals[sample.name] += sample.value
    return totals


async def until_caught_up(outbox_port: int, projector_port: int, *, within: float = 300) -> float:
    """Wait until an outbox is empty and the projector behind nothing; the moment (perf_counter) that was first seen."""
    async with httpx.AsyncClient(timeout=10) as client:

        async def caught_up() -> bool:
            outbox = await read(client, outbox_port)
            projector = await read(client, projector_port)
            return outbox["onewindow_outbox_depth"] == 0 and projector["onewindow_projector_lag_records"] == 0

        await eventually(caught_up, within=within, every=0.1)
    return time.perf_counter()
