"""Several API processes on one listening socket, watched by one that answers the operators' port for all.

The socket is bound once and inherited, so no connection is lost when a worker is replaced. A worker ends when the pipe to
this process closes: a killed parent leaves no orphans. Workers are new interpreters, never forks: an LMDB environment
that was opened before a fork reads wrong and says nothing.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from asyncio.subprocess import Process

import structlog
from onewindow_kit.process import bound
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector

from gateway.settings import GatewaySettings

log = structlog.get_logger(__name__)
YOUNG = 5.0  # seconds; a worker that ends sooner could not start
PATIENCE = 3  # such ends in a row before giving up


class Workers:
    """``settings.workers`` processes; each is replaced when it ends before it was asked to."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._metrics = tempfile.mkdtemp(prefix="onewindow-metrics-")
        self._running: dict[int, Process] = {}

    async def answers(self) -> bool:
        """Whether every worker runs and the socket answers."""
        if len(self._running) < self._settings.workers:
            return False
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection(self._settings.host, self._settings.port)
            try:
                writer.write(b"GET /docs/style.css HTTP/1.1\r\nHost: ready\r\nConnection: close\r\n\r\n")
                return b" 200 " in await reader.readline()
            finally:
                writer.close()

    def metrics(self) -> CollectorRegistry:
        """The workers' metrics, added up."""
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=self._metrics)
        return registry

    async def run(self, stop: asyncio.Event) -> None:
        """Until ``stop``; OSError when the port is taken, RuntimeError when workers don't start."""
        watched, kept = os.pipe()
        try:
            with bound(self._settings.host, self._settings.port) as listener:
                async with asyncio.TaskGroup() as group:
                    for number in range(self._settings.workers):
                        group.create_task(self._keep(number, listener.fileno(), watched, stop))
        finally:
            os.close(kept)
            os.close(watched)
            shutil.rmtree(self._metrics, ignore_errors=True)

    async def _keep(self, number: int, listener: int, pipe: int, stop: asyncio.Event) -> None:
        failures = 0
        clock = asyncio.get_running_loop().time
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                started = clock()
                worker = await self._start(listener, pipe)
                self._running[number] = worker
                ending = asyncio.create_task(worker.wait())
                await asyncio.wait({ending, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if stop.is_set():
                    await _end(worker)
                    return
                del self._running[number]
                failures = failures + 1 if clock() - started < YOUNG else 0
                log.error("worker ended", worker=number, code=worker.returncode)
                if failures >= PATIENCE:
                    raise RuntimeError("workers can't start; their reason stands above")
        finally:
            stopping.cancel()

    async def _start(self, listener: int, pipe: int) -> Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "gateway", "worker", "--listener", str(listener), "--parent", str(pipe)),
            pass_fds=(listener, pipe),
            env=os.environ | {"PROMETHEUS_MULTIPROC_DIR": self._metrics},
        )


async def _end(worker: Process) -> None:
    if worker.returncode is None:
        worker.terminate()
    try:
        async with asyncio.timeout(10):
            await worker.wait()
    except TimeoutError:
        worker.kill()
        await worker.wait()
