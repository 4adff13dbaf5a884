"""The citizen's read on one core, beside constant bytes from the same uvicorn and a static file from nginx."""

from __future__ import annotations

import os
import random
import statistics

import httpx

from tests.bench import rig
from tests.bench.load import drive, get
from tests.bench.report import Figure

BASELINE_PORT, NGINX_PORT = 21_200, 21_201


async def run(people: int, tokens: int, seconds: float, rounds: int) -> list[Figure]:
    """``rounds`` times in turn: baselines, then the read, each for ``seconds`` over 32 connections; medians."""
    with rig.instance(people) as made:
        rig.say(f"{tokens:,} people log in")
        granted = rig.citizen_tokens(made, tokens)
        random.Random(1).shuffle(granted)
        requests = [get("/v1/me/view", headers=[("Authorization", f"Bearer {token}")]) for token in granted]
        size = typical_size(made.port, granted[:200])
        rig.measured_alone(made, "gateway")
        # Once round: every token verified, every page of the store touched.
        await drive(made.port, requests, seconds=max(4.0, tokens / 2500))
        reads, constants, statics, slowest = [], [], [], []
        async with rig.constant_bytes(size, BASELINE_PORT), rig.nginx(size, NGINX_PORT) as has_nginx:
            for number in range(rounds):
                rig.say(f"round {number + 1} of {rounds}")
                constants.append((await drive(BASELINE_PORT, [get("/")], seconds=seconds)).rate)
                if has_nginx:
                    statics.append((await drive(NGINX_PORT, [get("/")], seconds=seconds)).rate)
                load = await drive(made.port, requests, seconds=seconds)
                if set(load.statuses) != {200}:
                    raise RuntimeError(f"not every read was answered: {dict(load.statuses)}")
                reads.append(load.rate)
                slowest.append(load.percentile(0.99) * 1000)
        os.sched_setaffinity(0, set(range(os.cpu_count() or 1)))
    read, constant = statistics.median(reads), statistics.median(constants)
    figures = [
        Figure("constant bytes from bare ASGI", constant, "/s"),
        Figure("citizen's read, one core", read, "/s", "constant bytes", read / constant, "0.42"),
        Figure("citizen's read, 99th percentile", statistics.median(slowest), "ms"),
        Figure("size of an answer", float(size), "bytes"),
    ]
    if statics:
        static = statistics.median(statics)
        figures.append(Figure("citizen's read against nginx", read, "/s", "nginx, static file", read / static, "0.17"))
    else:
        rig.say("nginx is not installed: no comparison with a static file")
    return figures


def typical_size(port: int, tokens: list[str]) -> int:
    """Median bytes of these people's windows."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        sizes = []
        for token in tokens:
            answer = client.get("/v1/me/view", headers={"Authorization": f"Bearer {token}"}).raise_for_status()
            sizes.append(len(answer.content))
    return int(statistics.median(sizes))
