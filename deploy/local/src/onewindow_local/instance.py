"""One instance on this machine: its folder, its block of ports, and the file that says what is running.

`instance.json` is written by the supervisor alone. Whether an instance runs is decided by the lock in its folder,
which the kernel releases when the supervisor dies however it dies, never by what a file claims.
"""

import contextlib
import fcntl
import json
import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onewindow_local.errors import LocalError

CHECKOUT = Path(__file__).resolve().parents[4]
DEFAULT_PORT = 8700
# The highest offset below: PostgreSQL's.
PORTS_SPAN = 30
DEPARTMENTS = ("identity", "housing", "transport", "oversight")
SERVICES = (*DEPARTMENTS, "gateway", "projector", "recorder", "witness")
WITHOUT_API = ("projector", "recorder")
_API_OFFSET = {"gateway": 0, "identity": 1, "housing": 2, "transport": 3, "oversight": 9, "witness": 24}
_OPS_OFFSET = {
    **{"gateway": 10, "identity": 11, "housing": 12, "transport": 13, "projector": 14, "oversight": 22, "recorder": 23},
    "witness": 24,  # one port for all: it shares nothing with those whom it watches
}
# Places in the block for departments that run beside ours: API at 4 to 8, operators' port at 15 to 19.
_GUESTS, _GUEST_API, _GUEST_OPS = 5, 4, 15
# Everything an instance ever makes in its folder, so that a purge can leave the rest alone.
CONTENTS = (
    *("postgres", "kafka", "keys", "view", "node", "witness", "imports", "sample", "logs"),
    *("engines.json", "departments.json", "instance.json", "lock"),
)


@dataclass(frozen=True)
class Instance:
    """`folder` holds the data; `port` is the gateway's, and the first of a block of 31."""

    folder: Path
    port: int

    def api_port(self, service: str) -> int:
        offset = _API_OFFSET.get(service)
        return self.port + (_GUEST_API + self.guests.index(service) if offset is None else offset)

    def ops_port(self, service: str) -> int:
        offset = _OPS_OFFSET.get(service)
        return self.port + (_GUEST_OPS + self.guests.index(service) if offset is None else offset)

    @property
    def guests(self) -> list[str]:
        """Departments whose processes are not ours to start, in the order in which they came: each keeps its ports."""
        with contextlib.suppress(FileNotFoundError):
            return json.loads((self.folder / "departments.json").read_text())
        return []

    def admit(self, department: str) -> None:
        """Give a department a place beside ours, for good; again is harmless."""
        guests = self.guests
        if department in (*SERVICES, *guests):
            return
        if len(guests) == _GUESTS:
            raise LocalError(
                f"There is no port left for {department}: {', '.join(guests)} have them all.",
                "Run it with ONEWINDOW_PORT and ONEWINDOW_OPS_PORT of your own choice.",
            )
        (self.folder / "departments.json").write_text(json.dumps([*guests, department]) + "\n")

    @property
    def processes(self) -> tuple[str, ...]:
        """Our own, each with a user of Kafka's."""
        return SERVICES

    @property
    def kafka_port(self) -> int:
        return self.port + 20

    @property
    def controller_port(self) -> int:
        return self.port + 21

    @property
    def postgres_port(self) -> int:
        return self.port + PORTS_SPAN

    def url(self, service: str) -> str:
        return f"http://127.0.0.1:{self.api_port(service)}"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def people_file(self) -> Path:
        return self.folder / "sample" / "people.json"

    def log(self, process: str) -> Path:
        """Where `process` writes: a service, the supervisor, or an engine."""
        match process:
            case "postgres" | "kafka":
                return self.folder / process / f"{process}.log"
            case _:
                return self.folder / "logs" / f"{process}.log"

    def state(self) -> dict[str, Any]:
        """What the supervisor wrote last; empty when there was never one."""
        with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
            return json.loads((self.folder / "instance.json").read_text())
        return {}

    def write_state(self, state: dict[str, Any]) -> None:
        """Whole or not at all: readers never see half a file."""
        fresh = self.folder / ".instance.json.new"
        fresh.write_text(json.dumps(state, indent=1) + "\n")
        fresh.replace(self.folder / "instance.json")

    def running(self) -> bool:
        """Whether a supervisor holds this folder now."""
        try:
            handle = os.open(self.folder / "lock", os.O_RDONLY)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False


def choose(data: Path | None, port: int | None) -> Instance:
    """The instance that --data and --port mean.

    Without --data it is `.onewindow` in the checkout, or `.onewindow-<port>` for a port other than the usual one, so
    that --port alone is enough to tell two instances apart. Without --port an instance keeps the one it ran on last.
    """
    if port is not None and not 1024 <= port <= 65535 - PORTS_SPAN:
        raise LocalError(
            f"--port {port} leaves no room for the block of {PORTS_SPAN + 1} ports that an instance takes.",
            f"Choose one from 1024 to {65535 - PORTS_SPAN}, for example --port 9700.",
        )
    if data is None:
        name = ".onewindow" if port in (None, DEFAULT_PORT) else f".onewindow-{port}"
        data = CHECKOUT / name
    data = data.expanduser().absolute()
    if data.exists() and not data.is_dir():
        raise LocalError(f"--data {data} is a file.", "Name a folder; it is made if it does not exist.")
    last = Instance(data, DEFAULT_PORT).state().get("port")
    return Instance(data, port or last or DEFAULT_PORT)


def flags(instance: Instance) -> str:
    """The options that choose this instance again; empty for the usual one."""
    if instance.folder == CHECKOUT / ".onewindow" and instance.port == DEFAULT_PORT:
        return ""
    if instance.folder == CHECKOUT / f".onewindow-{instance.port}":
        return f" --port {instance.port}"
    return f" --data {shlex.quote(str(instance.folder))}"


def must_run(instance: Instance) -> dict[str, Any]:
    """The state of a running instance; LocalError when there is none."""
    if not instance.running():
        raise LocalError(
            f"No instance is running in {instance.folder}.",
            f"Start it with ./onewindow up --detach{flags(instance)}, or name another one with --data DIR or --port N.",
        )
    return instance.state()


def must_be_ours(instance: Instance) -> None:
    """Refuse to fill a folder that already holds something else."""
    folder = instance.folder
    if folder.is_dir() and not (folder / "instance.json").exists():
        strangers = [entry.name for entry in folder.iterdir() if entry.name not in CONTENTS]
        if strangers:
            raise LocalError(
                f"{folder} holds other things ({', '.join(sorted(strangers)[:3])}…), so it is not used for data.",
                "Name an empty or new folder with --data.",
            )
