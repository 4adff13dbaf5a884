"""The parts of an instance as the supervisor sees them: something that starts, may end, and can be stopped."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Protocol

from onewindow_local import environment, operators_port
from onewindow_local.engines import children, ports
from onewindow_local.engines.children import Child
from onewindow_local.engines.kafka import Kafka
from onewindow_local.engines.postgres import Postgres
from onewindow_local.environment import Addresses
from onewindow_local.errors import LocalError
from onewindow_local.instance import WITHOUT_API, Instance
from onewindow_local.nursery import Nursery

LOG_LIMIT = 20 * 1024 * 1024


class ServiceFailed(LocalError):
    """A service ended or did not become ready; the last lines of its log are part of the message."""


class Part(Protocol):
    name: str

    async def start(self) -> None:
        """Bring it up and return when it serves."""

    async def stop(self) -> None: ...

    @property
    def process(self) -> Child | None: ...


class EnginePart:
    """An embedded engine under a name."""

    def __init__(self, name: str, engine: Postgres | Kafka) -> None:
        self.name = name
        self.engine = engine

    @property
    def process(self) -> Child | None:
        return self.engine.process

    async def start(self) -> None:
        # After a crash the old lock is still ours: let go of it first.
        await self.engine.stop()
        await self.engine.start()

    async def stop(self) -> None:
        await self.engine.stop()


class ServicePart:
    """One of our own processes, ready when its operators' port says so."""

    def __init__(self, name: str, instance: Instance, addresses: Addresses, nursery: Nursery) -> None:
        self.name = name
        self.instance = instance
        self.addresses = addresses
        self.nursery = nursery
        self.process: Child | None = None

    async def start(self) -> None:
        if self.name not in WITHOUT_API:
            ports.must_be_free(self.instance.api_port(self.name), self.name)
        ports.must_be_free(self.instance.ops_port(self.name), f"{self.name}'s operators' port")
        log = self.instance.log(self.name)
        offset = _make_room(log)
        with log.open("ab") as out:
            # Killed outright when we die: it is built to lose nothing by that, and a hung one must not stay.
            module, arguments = environment.service_command(self.instance, self.name)
            self.process = self.nursery.fork(
                module,
                arguments,
                log=out,
                environment=environment.service_environment(self.instance, self.addresses, self.name),
                folder=self.instance.folder,
            )
        await self._until_ready(log, offset)

    async def _until_ready(self, log: Path, offset: int, seconds: float = 60) -> None:
        process = self.process
        assert process is not None
        deadline = asyncio.get_running_loop().time() + seconds
        while not await operators_port.ready(self.instance.ops_port(self.name)):
            if process.poll() is not None:
                raise self._failed(f"ended with status {process.poll()}", log, offset)
            if asyncio.get_running_loop().time() > deadline:
                raise self._failed(f"was not ready after {seconds:.0f} s", log, offset)
            await asyncio.sleep(0.05)
        if process.poll() is not None:
            raise self._failed(f"ended with status {process.poll()}", log, offset)

    def _failed(self, what: str, log: Path, offset: int) -> ServiceFailed:
        with log.open("rb") as file:
            file.seek(offset)
            tail = file.read().decode(errors="replace").splitlines()[-6:]
        return ServiceFailed(
            f"{self.name} {what}:\n" + "\n".join(f"    {line[:300]}" for line in tail),
            f"The whole log: ./onewindow logs {self.name}",
        )

    async def stop(self) -> None:
        if self.process is not None:
            await children.stop(self.process, signal.SIGTERM, 10)


def _make_room(log: Path) -> int:
    """Set a log that has grown large aside; where the next line will stand."""
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    # Logs are for the owner: they carry no personal data, and still nobody else need read them.
    os.close(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    return log.stat().st_size
