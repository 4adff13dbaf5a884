"""Looks as they are governed, on one core beside constant bytes from the same uvicorn: the citizen's own with its
acknowledged entry, the agency's with proof, decision, count, masking and acknowledged entry."""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench import rig
from tests.bench.load import Load, drive, get
from tests.bench.offices import Officer, contracts, looks
from tests.bench.read import typical_size
from tests.bench.report import Figure

OWN_BASE, LOOK_BASE = 21_200, 21_201
OFFICERS = 20
MOST = 8000
"""Looks a second that nobody reaches: each proof is good once, so enough of them are made before each round."""


async def run(people: int, tokens: int, seconds: float, rounds: int) -> list[Figure]:
    """``rounds`` times in turn, each for ``seconds`` over 32 connections; medians."""
    with (
        tempfile.TemporaryDirectory(prefix="ow-bench-") as folder,
        rig.instance(people, contracts=contracts(Path(folder) / "contracts")) as made,
        ExitStack() as stopped,
    ):
        rig.say(f"{tokens:,} people log in")
        granted = rig.citizen_tokens(made, tokens)
        random.Random(1).shuffle(granted)
        reads = [get("/v1/me/view", headers=[("Authorization", f"Bearer {token}")]) for token in granted]
        officers = [Officer(made, f"clerk-{number}") for number in range(OFFICERS)]
        subjects = rig.people(made, tokens, "housing")
        own_size = typical_size(made.port, granted[:200])
        look_size = await _look_size(made.port, looks(officers, subjects, 1))
        rig.measured_alone(made, "gateway")
        await drive(made.port, reads, seconds=max(4.0, tokens / 2500))
        await drive(made.port, looks(officers, subjects, 4 * MOST), seconds=4.0)
        measured: dict[str, list[Load]] = {"own base": [], "own": [], "look base": [], "look": []}
        async with rig.constant_bytes(own_size, OWN_BASE), rig.constant_bytes(look_size, LOOK_BASE):
            # The recorder merges behind the answers, not before them; on two cores it would measure itself here.
            stopped.enter_context(rig.paused(made, "recorder"))
            for number in range(rounds):
                rig.say(f"round {number + 1} of {rounds}")
                measured["own base"].append(await drive(OWN_BASE, [get("/")], seconds=seconds))
                measured["own"].append(await drive(made.port, reads, seconds=seconds))
                measured["look base"].append(await drive(LOOK_BASE, [get("/")], seconds=seconds))
                made_before = looks(officers, subjects, int(MOST * seconds))
                measured["look"].append(await drive(made.port, made_before, seconds=seconds))
        os.sched_setaffinity(0, set(range(os.cpu_count() or 1)))
    for loads in measured.values():
        if any(set(load.statuses) != {200} for load in loads):
            raise RuntimeError(f"not every request was answered: {[dict(load.statuses) for load in loads]}")
    rate = {name: statistics.median(load.rate for load in loads) for name, loads in measured.items()}
    slow = {name: statistics.median(load.percentile(0.99) for load in loads) * 1000 for name, loads in measured.items()}
    base = "constant bytes"
    return [
        Figure("constant bytes of a window's size", rate["own base"], "/s"),
        Figure("own read + kept entry", rate["own"], "/s", base, rate["own"] / rate["own base"], "0.33"),
        Figure("own read, 99th percentile", slow["own"], "ms", goal="below 15 ms"),
        Figure("constant bytes of a look's size", rate["look base"], "/s"),
        Figure("agency's look, governed", rate["look"], "/s", base, rate["look"] / rate["look base"], "0.12"),
        Figure("agency's look, 99th percentile", slow["look"], "ms", goal="below 15 ms"),
        Figure("size of a window, of a look", float(own_size), f"+ {look_size} bytes"),
    ]


async def _look_size(port: int, one: list[bytes]) -> int:
    """Bytes of a look's answer, asked for by its raw request."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(one[0])
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    size = int(head.lower().partition("content-length: ")[2].partition("\r\n")[0])
    body = await reader.readexactly(size)
    writer.close()
    if " 200 " not in head.partition("\r\n")[0] or b'"withheld":[]' not in body or b"***" not in body:
        raise RuntimeError(f"the look was not answered as expected: {head} {body[:600]!r}")
    return size
