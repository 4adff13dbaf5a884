"""Is every stream moving: what `status` gathers from the processes, their operators' ports and the disk."""

import asyncio
import contextlib
import os
import shutil
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

from onewindow_local import brokers, dead_letters, operators_port
from onewindow_local.dead_letters import DeadLetter
from onewindow_local.engines.folder import ENOUGH_DISK
from onewindow_local.environment import addresses
from onewindow_local.errors import LocalError
from onewindow_local.instance import DEPARTMENTS, SERVICES, Instance
from onewindow_local.operators_port import Sample

# Past these an operator should look. A heartbeat comes every second, so ten missed ones are no hiccup.
STALE_SECONDS = 10
SLOW_SECONDS = 30


@dataclass
class Process:
    """`ready` is None for an engine of one's own; `memory` in bytes, shared pages counted once."""

    name: str
    pid: int | None
    ready: bool
    restarts: int = 0
    memory: int | None = None


@dataclass
class Department:
    """`as_of` is how current the window is for this department: epoch seconds of the newest applied heartbeat."""

    name: str
    outbox_depth: int | None = None
    outbox_age_seconds: float | None = None
    dead_letters: int | None = None
    as_of: float | None = None
    as_of_age_seconds: float | None = None


@dataclass
class Stream:
    """One reader of one topic."""

    reader: str
    topic: str
    lag_records: int
    lag_seconds: float


@dataclass
class Health:
    """`problems` are sentences, none means healthy; `notes` are worth a look but stop nothing."""

    phase: str
    processes: list[Process] = field(default_factory=list)
    departments: list[Department] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    rejects: list[str] = field(default_factory=list)
    disk_used: int = 0
    disk_free: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def healthy(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        return {"healthy": self.healthy, **asdict(self)}


async def examine(instance: Instance) -> Health:
    """Ask everything at once; a process that does not answer is a problem, not an exception."""
    state = instance.state()
    health = Health(state.get("phase", "never started") if instance.running() else "stopped")
    ports = {name: instance.ops_port(name) for name in SERVICES}
    readiness = await asyncio.gather(*(operators_port.ready(port) for port in ports.values()))
    measured = dict(
        zip(ports, await asyncio.gather(*(operators_port.samples(instance, p) for p in ports)), strict=True)
    )
    asked_at = time.time()
    _add_processes(health, state, dict(zip(ports, readiness, strict=True)))
    samples = [sample for found in measured.values() for sample in found]
    letters = await _letters(instance) if health.phase == "ready" else None
    health.departments = [_department(name, samples, letters, asked_at) for name in DEPARTMENTS]
    health.streams = _streams(measured)
    health.rejects = sorted(str(file) for file in (instance.folder / "imports").glob("*rejects*"))
    health.disk_free = shutil.disk_usage(instance.folder).free if instance.folder.exists() else 0
    health.disk_used = _disk_used(instance.folder)
    _judge(health)
    return health


def _disk_used(folder: Path) -> int:
    """Bytes on disk; sparse files (the view's map) count with what they really take. Files may vanish meanwhile."""
    used = 0
    for entry in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            used += entry.lstat().st_blocks * 512
    return used


async def _letters(instance: Instance) -> list[DeadLetter] | None:
    """None when Kafka does not answer: that is told as a process that is not ready."""
    try:
        async with asyncio.timeout(10):
            kafka = addresses(instance).kafka_for(instance, brokers.OPERATOR)
            return await dead_letters.read(kafka, os.environ.get("ONEWINDOW_TOPIC_PREFIX", ""))
    except (LocalError, TimeoutError):
        return None


def _add_processes(health: Health, state: dict[str, Any], ready: dict[str, bool]) -> None:
    known = state.get("processes", {})
    engines = [name for name, embedded in state.get("embedded", {}).items() if embedded]
    for name in (*engines, *SERVICES):
        entry = known.get(name, {})
        memory = _memory(entry["pid"]) if entry else None
        alive = memory is not None and health.phase != "stopped"
        health.processes.append(
            Process(
                name,
                entry.get("pid") if alive else None,
                alive and ready.get(name, True),
                entry.get("restarts", 0),
                memory,
            )
        )


def _memory(pid: int) -> int | None:
    try:
        process = psutil.Process(pid)
        return sum(_share(part) for part in (process, *process.children(recursive=True)))
    except psutil.NoSuchProcess:
        return None


def _share(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
    except psutil.Error:
        return 0
    return getattr(full, "pss", None) or full.rss


def _value(samples: list[Sample], name: str, **labels: str) -> float | None:
    found = [value for sample, has, value in samples if sample == name and labels.items() <= has.items()]
    return max(found) if found else None


def _department(name: str, samples: list[Sample], letters: list[DeadLetter] | None, asked_at: float) -> Department:
    depth = _value(samples, "onewindow_outbox_depth", department=name)
    as_of = _value(samples, "onewindow_section_as_of_timestamp_seconds", department=name)
    return Department(
        name,
        None if depth is None else int(depth),
        _value(samples, "onewindow_outbox_age_seconds", department=name),
        sum(letter.department == name for letter in letters) if letters is not None else None,
        as_of,
        None if not as_of else max(0.0, asked_at - as_of),
    )


def _streams(measured: dict[str, list[Sample]]) -> list[Stream]:
    streams: list[Stream] = []
    readers = {"projector": ("projector", "lag_seconds"), **dict.fromkeys(DEPARTMENTS, ("consumer", "delay_seconds"))}
    for reader, (kind, time_name) in readers.items():
        lags: dict[str, int] = {}
        for sample, labels, value in measured.get(reader, []):
            if sample == f"onewindow_{kind}_lag_records" and "topic" in labels:
                # Some count by partition.
                lags[labels["topic"]] = lags.get(labels["topic"], 0) + int(value)
        for topic, records in lags.items():
            # Nothing left to read is no delay, however old the last event was.
            seconds = _value(measured[reader], f"onewindow_{kind}_{time_name}", topic=topic) if records else 0.0
            streams.append(Stream(reader, topic, records, seconds or 0.0))
    return sorted(streams, key=lambda stream: (stream.reader, stream.topic))


def _judge(health: Health) -> None:
    say = health.problems.append
    if health.phase != "ready":
        remedy = "wait a moment" if health.phase in ("starting", "stopping") else "./onewindow up starts it"
        say(f"The instance is {health.phase}; {remedy}.")
        return
    for process in health.processes:
        if not process.ready:
            say(f"{process.name} is not ready; ./onewindow logs {process.name} tells why.")
    for department in health.departments:
        if (department.outbox_age_seconds or 0) > SLOW_SECONDS:
            say(f"{department.name}: the oldest event waits {department.outbox_age_seconds:.0f} s in the outbox.")
        # With a part that is down there is a nearer reason, and republishing would mend nothing.
        if not department.as_of and not any(process.ready is False for process in health.processes):
            say(
                f"{department.name}: the window does not know how current it is. If that stays, Kafka has lost its events: "
                "republish them (POST /v1/snapshots/RECORD-TYPE/republication with an operator's token)."
            )
        if (department.as_of_age_seconds or 0) > STALE_SECONDS:
            say(f"{department.name}: its section is {department.as_of_age_seconds:.0f} s behind.")
    if not any(stream.reader == "projector" for stream in health.streams):
        say("The projector has not said yet how far it is; wait a moment.")
    for stream in health.streams:
        if stream.lag_seconds > SLOW_SECONDS:
            say(f"{stream.reader} is {stream.lag_seconds:.0f} s behind on {stream.topic}.")
    for letters in (d for d in health.departments if d.dead_letters):
        health.notes.append(f"{letters.name}: {letters.dead_letters} events were refused; ./onewindow ops dlq list")
    if health.disk_free < 2 * ENOUGH_DISK:
        say(f"The disk is nearly full: {health.disk_free // 2**20} MB are free.")
