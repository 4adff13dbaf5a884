"""A second gateway node beside an instance's own: another view, other workers, the same Kafka; for demos and tests."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from onewindow_local import environment, operators_port
from onewindow_local.demo.city import City
from onewindow_local.engines import children, ports


@dataclass
class GatewayNode:
    """Its API at `url` (of several workers on one port) and its projector; `log` is what both wrote."""

    city: City
    folder: Path
    workers: int
    port: int = 0
    _processes: dict[str, tuple[children.Child, int]] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "node.log"

    async def start(self) -> None:
        """Bring both up, and return when they are ready; again after `stop` it goes on with what it had."""
        self.port = self.port or ports.ephemeral(1)[0]
        self._processes = {}
        try:
            for service in ("projector", "gateway"):
                await self._start(service)
        except BaseException:  # a start that was broken off must leave no process; raised again
            await self.stop()
            raise

    async def _start(self, service: str) -> None:
        assert self._processes is not None
        instance = self.city.instance
        (ops,) = ports.ephemeral(1)
        told = environment.service_environment(instance, environment.addresses(instance), service)
        told |= self.city.environment | {
            "ONEWINDOW_VIEW": str(self.folder / "view"),
            "ONEWINDOW_NODE": str(self.folder / "node"),
            "ONEWINDOW_PORT": str(self.port),
            "ONEWINDOW_PUBLIC_URL": self.url,
            "ONEWINDOW_OPS_PORT": str(ops),
            "ONEWINDOW_WORKERS": str(self.workers),
        }
        module, arguments = environment.service_command(instance, service)
        with self.log.open("ab") as out:
            command = environment.module_command(module, *arguments)
            process = children.spawn(command, log=out, environment=told)
        self._processes[service] = process, ops
        if not await operators_port.until_ready(ops, 60):
            raise RuntimeError(f"the second node's {service} was not ready: {self.log.read_text()[-2000:]}")

    async def stop(self) -> None:
        """End what was started, API first."""
        started, self._processes = self._processes or {}, None
        for process, _ in reversed(started.values()):
            await children.stop(process, signal.SIGTERM, 15)


@asynccontextmanager
async def second_node(city: City, workers: int = 2) -> AsyncIterator[GatewayNode]:
    """A running node; stopped and thrown away at the end."""
    node = GatewayNode(city, Path(tempfile.mkdtemp(prefix="ow-node-")), workers)
    try:
        await node.start()
        yield node
    finally:
        await node.stop()
        shutil.rmtree(node.folder, ignore_errors=True)
