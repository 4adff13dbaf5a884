"""Several workers on one socket: one that dies is replaced, and none outlives its parent."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from gateway.view import store
from onewindow_kit.testing import eventually, free_port

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for child processes in /proc")


class Api:
    """``python -m gateway api`` with two workers."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, ops: int) -> None:
        self.process, self.url, self.ops = process, f"http://127.0.0.1:{port}", f"http://127.0.0.1:{ops}"

    def workers(self) -> set[int]:
        pid = self.process.pid
        return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}

    async def ready(self) -> bool:
        async with httpx.AsyncClient() as client:
            try:
                return (await client.get(f"{self.ops}/readyz")).status_code == 200
            except httpx.TransportError:
                return False


@pytest.fixture
async def api(keys: Path, tmp_path: Path) -> AsyncIterator[Api]:
    made = store.create(tmp_path)
    store.point(tmp_path, made)
    made.close()
    port, ops = free_port(), free_port()
    settings = {
        "ONEWINDOW_KEYRING": str(keys / "gateway.json"),
        "ONEWINDOW_VIEW": str(tmp_path),
        "ONEWINDOW_PORT": str(port),
        "ONEWINDOW_OPS_PORT": str(ops),
        "ONEWINDOW_WORKERS": "2",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "gateway", "api"), env=os.environ | settings, stderr=asyncio.subprocess.DEVNULL
    )
    running = Api(process, port, ops)
    await eventually(running.ready, within=60)
    yield running
    if process.returncode is None:
        process.terminate()
        await process.wait()


async def test_a_worker_that_dies_is_replaced_and_a_signal_ends_all(api: Api) -> None:
    before = api.workers()
    assert len(before) == 2
    victim = min(before)
    os.kill(victim, signal.SIGKILL)
    await eventually(lambda: len(api.workers()) == 2 and victim not in api.workers(), within=30)
    await eventually(api.ready, within=30)
    async with httpx.AsyncClient(base_url=api.url) as client:
        for _ in range(5):
            assert (await client.get("/v1/problems/forbidden")).status_code == 200
        metrics = (await client.get(f"{api.ops}/metrics")).text
    counted = [line for line in metrics.splitlines() if 'operation="readProblem",status="200"' in line]
    assert any(line.startswith("onewindow_http_requests_total") and line.endswith(" 5.0") for line in counted), counted
    workers = api.workers()
    api.process.terminate()
    assert await api.process.wait() == 0
    assert not any(_runs(pid) for pid in workers)


async def test_no_worker_outlives_its_parent(api: Api) -> None:
    workers = api.workers()
    api.process.kill()
    await api.process.wait()
    await eventually(lambda: not any(_runs(pid) for pid in workers), within=20)


def _runs(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
