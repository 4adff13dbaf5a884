"""Reading what a process says of itself on its operators' port."""

from __future__ import annotations

import time
from collections import defaultdict

import httpx
from onewindow_kit.testing import eventually
from onewindow_local.instance import Instance
from onewindow_local.operators_port import operators_token
from prometheus_client.parser import text_string_to_metric_families


async def read(client: httpx.AsyncClient, made: Instance, port: int) -> dict[str, float]:
    """Every metric of the process whose operators' port that is, summed over its labels."""
    token = {"Authorization": f"Bearer {operators_token(made)}"}
    answer = await client.get(f"http://127.0.0.1:{port}/metrics", headers=token)
    totals: dict[str, float] = defaultdict(float)
    for family in text_string_to_metric_families(answer.text.replace("# EOF", "")):
        for sample in family.samples:
            totals[sample.name] += sample.value
    return totals


async def until_caught_up(made: Instance, department: str, *, within: float = 300) -> float:
    """Wait until the department's outbox is empty and the projector behind nothing; the moment (perf_counter) that was first seen."""
    async with httpx.AsyncClient(timeout=10) as client:

        async def caught_up() -> bool:
            outbox = await read(client, made, made.ops_port(department))
            projector = await read(client, made, made.ops_port("projector"))
            return outbox["onewindow_outbox_depth"] == 0 and projector["onewindow_projector_lag_records"] == 0

        await eventually(caught_up, within=within, every=0.1)
    return time.perf_counter()
