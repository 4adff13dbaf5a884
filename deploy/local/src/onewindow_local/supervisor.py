"""The supervisor: owns engines and services from start to stop, and brings back what falls over."""

import asyncio
import contextlib
import os
import signal
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from onewindow_local import brokers, databases, engine_choice, environment, operators_port, provisioning
from onewindow_local.engine_choice import EngineChoice
from onewindow_local.engines import children
from onewindow_local.engines.folder import FolderLock, prepare
from onewindow_local.engines.kafka import Kafka
from onewindow_local.engines.kafka_settings import ADMIN
from onewindow_local.engines.postgres import Postgres
from onewindow_local.environment import Addresses
from onewindow_local.errors import AlreadyInUse, LocalError
from onewindow_local.events import Report, step
from onewindow_local.instance import DEPARTMENTS, SERVICES, Instance, must_be_ours
from onewindow_local.nursery import Nursery
from onewindow_local.parts import EnginePart, Part, ServicePart

# Seconds before the first, second, … restart; back to the first after a minute without a fall.
BACK_OFF = (0.1, 0.5, 1, 2, 5, 10)
CALM = 60
LABELS = {"postgres": "PostgreSQL", "kafka": "Kafka"}


@dataclass
class Supervisor:
    """Runs `instance` until it is told to end. `people` sample people are loaded into an empty instance."""

    instance: Instance
    choice: EngineChoice
    people: int
    report: Report
    services: tuple[str, ...] = SERVICES
    _ending: asyncio.Event = field(default_factory=asyncio.Event)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _parts: list[Part] = field(default_factory=list)
    _restarts: dict[str, int] = field(default_factory=dict)
    _phase: str = "starting"
    _addresses: Addresses | None = None
    _nursery: Nursery = field(default_factory=Nursery)

    async def run(self) -> None:
        """Start everything, report ready, and return after a clean stop. Raises LocalError when a start fails."""
        must_be_ours(self.instance)
        prepare(self.instance.folder)
        lock = FolderLock(self.instance.folder, "The instance")
        try:
            lock.patience = 2
            await lock.take()
        except AlreadyInUse as error:
            raise AlreadyInUse(error.message, "It runs already: ./onewindow status shows it.") from error
        lock.write_holder(os.getpid())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._ending.set)
        try:
            await self._unless_ended(self._start())
            if not self._ending.is_set():
                self._enter("ready")
                self.report({"ready": True})
                async with asyncio.TaskGroup() as group:
                    keepers = [group.create_task(self._keep(part)) for part in self._parts]
                    keepers.append(group.create_task(self._write_down()))
                    keepers.append(group.create_task(self._follow_contracts()))
                    await self._ending.wait()
                    for keeper in keepers:
                        keeper.cancel()
        finally:
            await self._stop()
            lock.release()

    async def _unless_ended(self, work: Any) -> None:
        """Run `work`, but give it up when the end is asked for meanwhile."""
        task, end = asyncio.ensure_future(work), asyncio.ensure_future(self._ending.wait())
        await asyncio.wait({task, end}, return_when=asyncio.FIRST_COMPLETED)
        end.cancel()
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
        if not task.cancelled():
            task.result()

    async def _start(self) -> None:
        self._enter("starting")
        # Its imports run while the engines start.
        self._nursery.start(self.instance.log("supervisor"))
        self._addresses = await self._start_engines()
        with step(self.report, "Databases and roles"):
            secrets = databases.passwords(self.instance)
            await databases.provide(self._addresses.database, environment.instance_name(), secrets)
        # Only what has worked is used again without being asked for.
        engine_choice.remember(self.instance, self.choice)
        await self._start_services(self._addresses)
        await self._load_sample()

    async def _start_engines(self) -> Addresses:
        folder = self.instance.folder
        kafka = Kafka(
            folder / "kafka",
            self.instance.kafka_port,
            self.instance.controller_port,
            self._download,
            admin=brokers.passwords(self.instance)[ADMIN],
        )
        postgres = Postgres(folder / "postgres", self.instance.postgres_port, max_connections=200)
        async with _as_one_failure(), asyncio.TaskGroup() as group:
            if self.choice.database is None:
                group.create_task(self._bring_up(EnginePart("postgres", postgres)))
            if self.choice.kafka is None:
                group.create_task(self._bring_up(EnginePart("kafka", kafka)))
            else:
                group.create_task(engine_choice.reach_kafka(self.choice.kafka))
            group.create_task(self._provide_keys())
        if self.choice.kafka is None:
            with step(self.report, "Kafka's users"):
                await asyncio.to_thread(provisioning.provide_broker, self.instance)
        return Addresses(self.choice.database or postgres.url, self.choice.kafka)

    async def _provide_keys(self) -> None:
        with step(self.report, "Keys"):
            await asyncio.to_thread(provisioning.provide_keys, self.instance)

    async def _follow_contracts(self) -> None:
        await provisioning.follow_contracts(self.instance, self.report, broker=self.choice.kafka is None)

    async def _start_services(self, addresses: Addresses) -> None:
        async with _as_one_failure(), asyncio.TaskGroup() as group:
            for name in self.services:
                group.create_task(self._bring_up(ServicePart(name, self.instance, addresses, self._nursery)))

    async def _bring_up(self, part: Part) -> None:
        self._parts.append(part)
        with step(self.report, LABELS.get(part.name, part.name)):
            await part.start()
        self._write()

    async def _load_sample(self) -> None:
        from onewindow_local import sample  # a start without people needs none of it

        if self.people <= 0 or sample.is_loaded(self.instance):
            return
        assert self._addresses is not None
        with step(self.report, f"{self.people} sample people"):
            await sample.load(
                self.instance, self._addresses, people=self.people, report=self.report, nursery=self._nursery
            )
        if "projector" in self.services:
            with step(self.report, "The window shows them"):
                await operators_port.until_seen(self.instance, DEPARTMENTS, time.time(), 60 + self.people / 1000)

    async def _keep(self, part: Part) -> None:
        """Bring `part` back whenever it ends by itself."""
        loop = asyncio.get_running_loop()
        falls, last = 0, loop.time()
        while True:
            status = await children.ended(part.process) if part.process is not None else None
            falls = 0 if loop.time() - last > CALM else falls
            self._restarts[part.name] = self._restarts.get(part.name, 0) + 1
            self._say({"fell": part.name, "status": status})
            await asyncio.sleep(BACK_OFF[min(falls, len(BACK_OFF) - 1)])
            falls, last = falls + 1, loop.time()
            try:
                await part.start()
                self._say({"restarted": part.name})
            except (LocalError, OSError) as error:
                self._say({"not_restarted": part.name, "text": str(error)})
            self._changed.set()

    async def _write_down(self) -> None:
        """Keep instance.json true: `restart` goes by it. On a full disk, again and again until there is room."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            try:
                self._write()
            except OSError:
                self._changed.set()
                await asyncio.sleep(1)

    def _say(self, event: dict[str, Any]) -> None:
        """Report, unless the disk that the report goes to is full: a full disk must not end what still runs."""
        with contextlib.suppress(OSError):
            self.report(event)

    async def _stop(self) -> None:
        """Services first, so that they can say good-bye to the engines."""
        self._enter("stopping")
        for kind in (ServicePart, EnginePart):
            await asyncio.gather(*(self._stop_one(part) for part in self._parts if isinstance(part, kind)))
        self._nursery.close()
        self._enter("stopped")

    async def _stop_one(self, part: Part) -> None:
        await part.stop()
        self.report({"stopped": part.name})

    def _download(self, name: str, done: int, size: int) -> None:
        self.report({"download": name, "done": done, "size": size})

    def _enter(self, phase: str) -> None:
        self._phase = phase
        with contextlib.suppress(OSError):
            self._write()

    def _write(self) -> None:
        processes = {
            part.name: {"pid": part.process.pid, "restarts": self._restarts.get(part.name, 0)}
            for part in self._parts
            if part.process is not None and part.process.poll() is None
        }
        self.instance.write_state(
            {
                "instance": environment.instance_name(),
                "port": self.instance.port,
                "phase": self._phase,
                "supervisor": os.getpid(),
                "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "kafka": engine_choice.servers(self.choice.kafka or f"127.0.0.1:{self.instance.kafka_port}"),
                "embedded": {"kafka": self.choice.kafka is None, "postgres": self.choice.database is None},
                "processes": processes,
            }
        )


@contextlib.asynccontextmanager
async def _as_one_failure() -> Any:
    """Of several starts that failed together, the first is told: the others were cancelled because of it."""
    try:
        yield
    except* LocalError as group:
        first: BaseException = group
        while isinstance(first, BaseExceptionGroup):
            first = first.exceptions[0]
        failure = first
    else:
        return
    raise failure
