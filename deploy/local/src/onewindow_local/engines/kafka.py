"""Embedded Apache Kafka: one KRaft node on the loopback address, from jars and a Java runtime that pip brought."""

import base64
import os
import shutil
import signal
import socket
import struct
import subprocess
import uuid
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from onewindow_local.engines import children, jars, java, ports
from onewindow_local.engines.folder import FolderLock, prepare
from onewindow_local.engines.kafka_settings import ADMIN, logging_properties, server_properties
from onewindow_local.errors import EngineFailed

SERVER = "kafka.Kafka"
STORAGE = "kafka.tools.StorageTool"
REHEARSAL = "rehearsal"  # the password of a broker that lives for seconds, to teach the virtual machine


@dataclass
class Kafka:
    """One broker on `folder`, `port` and `controller_port`. Use start() and stop().

    With a password for its administrator (`admin`) it answers nobody anonymous; without, everybody on this machine.
    """

    folder: Path
    port: int
    controller_port: int
    progress: jars.Progress | None = None
    admin: str | None = field(default=None, repr=False)
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.folder = self.folder.absolute()
        self._lock = FolderLock(self.folder, "Kafka")

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "kafka.log"

    async def start(self) -> None:
        """Fetch what is missing, make the data folder if there is none, start and wait until clients are served."""
        prepare(self.folder)
        await self._lock.take()
        try:
            ports.must_be_free(self.port, "Kafka")
            ports.must_be_free(self.controller_port, "Kafka's controller")
            class_path = jars.class_path(self.progress)
            if not java.cache_file(class_path).exists():
                await java.train(class_path, _rehearsal(class_path), partial(serves, admin=REHEARSAL))
            configuration = self._configure()
            if not (self.folder / "data" / "meta.properties").exists():
                await self._format(class_path, configuration)
            await self._serve(class_path, configuration)
        except BaseException:  # a cancelled start too must leave no process; raised again
            await self.stop()
            raise

    async def stop(self) -> None:
        """Clean shutdown, so that the next start recovers nothing; killed after 10 s."""
        if self.process is not None:
            await children.stop(self.process, signal.SIGTERM, 10)
        self.process = None
        self._lock.release()

    def _configure(self) -> Path:
        file = self.folder / "server.properties"
        # Readable by the owner only from its first byte: it may hold the administrator's password.
        with open(file, "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as out:
            out.write(server_properties(self.folder, self.port, self.controller_port, self.admin))
        (self.folder / "log4j2.properties").write_text(logging_properties(self.folder))
        return file

    async def _format(self, class_path: list[Path], configuration: Path) -> None:
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        arguments = ["format", "--cluster-id", _cluster_id(), "--standalone", "--config", configuration]
        with (self.folder / "console.log").open("ab") as console:
            line = java.command(class_path, STORAGE, *arguments, extra=self._logging())
            child = children.spawn(line, log=console)
            status = await children.finish(child, 60)
        if status != 0:
            shutil.rmtree(self.folder / "data", ignore_errors=True)
            raise self._failed("could not make its data folder")

    async def _serve(self, class_path: list[Path], configuration: Path) -> None:
        with (self.folder / "console.log").open("ab") as console:
            self.process = children.spawn(
                java.command(class_path, SERVER, configuration, extra=self._logging()),
                log=console,
                death_signal=signal.SIGTERM,
                keep_open=[self._lock.descriptor],
            )
        self._lock.write_holder(self.process.pid)
        process = self.process
        await children.wait_until(lambda: process.poll() is not None or serves(self.port, self.admin), 60)
        # A stranger that took the port meanwhile would answer too: ours must still be alive.
        if process.poll() is not None:
            raise self._failed("did not start")

    def _logging(self) -> tuple[str, ...]:
        return (f"-Dlog4j2.configurationFile={self.folder / 'log4j2.properties'}",)

    def _failed(self, what: str) -> EngineFailed:
        tail: list[str] = []
        for file in (self.folder / "console.log", self.log):
            tail += file.read_text(errors="replace").splitlines()[-4:] if file.exists() else []
        return EngineFailed(
            f"Kafka {what}:\n" + "\n".join(f"    {line[:200]}" for line in tail),
            f"The logs are {self.log} and console.log beside it. "
            "A damaged data folder can be thrown away with ./onewindow down --purge.",
        )


def _cluster_id() -> str:
    """Kafka's own form of a random UUID; ids that begin `AAAA` are reserved."""
    while True:
        text = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        if not text.startswith(("AAAA", "-")):
            return text


def _rehearsal(class_path: list[Path]) -> java.Rehearsal:
    """How to prepare a throw-away broker in a folder: returns its main class and arguments."""

    async def prepare_broker(folder: Path, port: int, controller_port: int) -> list[str | Path]:
        broker = Kafka(folder, port, controller_port, admin=REHEARSAL)
        configuration = broker._configure()
        await broker._format(class_path, configuration)
        return [SERVER, configuration]

    return prepare_broker


def _request(key: int, version: int, body: bytes = b"") -> bytes:
    client = b"onewindow"
    message = struct.pack(">hhih", key, version, 1, len(client)) + client + body
    return struct.pack(">i", len(message)) + message


def serves(port: int, admin: str | None = None) -> bool:
    """Whether the broker on `port` names at least one live broker: before that, clients would be turned away."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.3) as connection:
            if admin is not None:
                secret = f"\0{ADMIN}\0{admin}".encode()
                _exchange(connection, _request(17, 1, struct.pack(">h", 5) + b"PLAIN"))  # SaslHandshake
                _exchange(connection, _request(36, 0, struct.pack(">i", len(secret)) + secret))  # SaslAuthenticate
            # Metadata for no topics: the smallest question that names the live brokers.
            answer = _exchange(connection, _request(3, 1, struct.pack(">i", 0)))
    except (OSError, struct.error):
        return False
    return len(answer) >= 8 and struct.unpack_from(">ii", answer)[1] >= 1


def _exchange(connection: socket.socket, request: bytes) -> bytes:
    """The answer without its length; struct.error when the broker hung up."""
    connection.sendall(request)
    (length,) = struct.unpack(">i", connection.recv(4, socket.MSG_WAITALL))
    return connection.recv(length, socket.MSG_WAITALL)
