"""``python -m <department> all|api|relay|consume|migrate|snapshot|import|erase``: one department's process, alone or together.

Parts are named as ``module:attribute`` and imported only where they run: a relay needs no web framework and no ORM.
A process ends at SIGTERM or SIGINT after what it has begun; it ends by itself when one of its parts fails, so that
whoever started it notices.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import importlib
import re
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from onewindow_kit.settings import ServiceSettings
from onewindow_kit.telemetry import Check, configure_logging, ops_app

log = structlog.get_logger(__name__)
SETTLED = 2.0  # seconds after which what start-up made is there
Part = Callable[[asyncio.Event], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Service:
    """Where a department's parts are.

    ``topics``: settings -> the topic files that it produces. ``app``: settings -> FastAPI, whose lifespan opens what it
    needs. ``consumers``: async (settings, stop) that runs until stop is set. ``importer``: async (settings, file,
    record type or None) -> exit code. ``erasure``: async (session, pseudonyms), what the department does in its own
    tables when a person is erased, once the records are gone; without it those tables stay as they are.
    """

    name: str
    settings: str
    migrations: Path
    topics: str
    app: str
    consumers: str | None = None
    importer: str | None = None
    erasure: str | None = None


def main(service: Service) -> None:
    """The command line of a department's service."""
    parser = argparse.ArgumentParser(
        prog=f"python -m {service.name}",
        description=f"The {service.name} department. Settings are environment variables ONEWINDOW_* (docs/settings.md).",
        epilog=f"Example: ONEWINDOW_PORT=8702 python -m {service.name} all",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what in (
        ("all", "migrate, then API, relay and consumers in one process"),
        ("api", "the HTTP API alone"),
        ("relay", "publish the outbox to Kafka"),
        ("consume", "apply other departments' events"),
        ("migrate", "bring the database and the topics up to date, then end"),
    ):
        commands.add_parser(name, help=what)
    snapshot = commands.add_parser("snapshot", help="print every current record, opened, as JSON Lines")
    snapshot.add_argument("record_type", nargs="?", help="only this type, e.g. title")
    loading = commands.add_parser("import", help="store the rows of CSV or JSON Lines files, in turn")
    loading.add_argument("files", type=Path, nargs="+", metavar="FILE")
    loading.add_argument("--type", dest="record_type", help="what the rows are, where the file's headers leave it open")
    erase = commands.add_parser(
        "erase",
        help="take the person whose pseudonyms stand on stdin out of the published records (own tables: the office's law)",
    )
    erase.add_argument("step", choices=("find", "records", "letters"), help="count; publish; tombstone dead letters")
    erase.add_argument("--legal-basis", default="", help="of the erasure; stands in records that others keep")
    arguments = parser.parse_args()
    settings: ServiceSettings = _load(service.settings)()
    configure_logging(f"{service.name}.{arguments.command}", settings.log_level)
    try:
        sys.exit(_run(_command(service, settings, arguments)))
    except KeyboardInterrupt:
        sys.exit(130)


def _run(work: Any) -> int:
    import uvloop

    return uvloop.run(work) or 0


async def _command(service: Service, settings: ServiceSettings, arguments: argparse.Namespace) -> int:
    match arguments.command:
        case "migrate":
            await _migrate(service, settings)
        case "snapshot":
            await _snapshot(service, settings, arguments.record_type)
        case "erase":
            from onewindow_kit.erasing import run as erase

            # It goes into envelopes: what their contract refuses must not be published.
            if arguments.step == "records" and not re.fullmatch(r"[^\x00-\x1F\x7F-\x9F]{1,200}", arguments.legal_basis):
                print("erase records needs --legal-basis, 1 to 200 characters on one line", file=sys.stderr)
                return 2
            own = _load(service.erasure) if service.erasure else None
            return await erase(service.name, settings, arguments.step, arguments.legal_basis, own)
        case "import":
            if service.importer is None:
                print(f"{service.name} imports nothing", file=sys.stderr)
                return 2
            importer = _load(service.importer)
            calm_collector()
            return max([await importer(settings, file, arguments.record_type) for file in arguments.files])
        case "all":
            await _migrate(service, settings)
            return await _together(service, settings, ("api", "relay", "consume"))
        case part:
            return await _together(service, settings, (part,))
    return 0


async def _migrate(service: Service, settings: ServiceSettings) -> None:
    from onewindow_kit import topics
    from onewindow_kit.migrate import upgrade

    await upgrade(settings.database, service.migrations)
    try:
        await topics.ensure(settings.kafka, _load(service.topics)(settings), prefix=settings.topic_prefix)
    except topics.TopicMismatch as mismatch:
        raise SystemExit(str(mismatch)) from mismatch  # for people: no stack trace says more


async def _together(service: Service, settings: ServiceSettings, parts: tuple[str, ...]) -> int:
    """Run ``parts`` and the operators' port until a signal comes or one of them fails."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    checks: dict[str, Check] = {"database": _database_answers(settings.database)}
    running: list[Part] = []
    if "api" in parts:
        api = Server(_load(service.app)(settings), settings.host, settings.port, settings.tls)
        checks["api"] = api.answers
        running.append(api.run)
    if "relay" in parts:
        running.append(_relay(service, settings))
    if "consume" in parts and service.consumers is not None:
        consume = _load(service.consumers)
        running.append(lambda stop: consume(settings, stop))
    running.append(Server(ops_app(checks, settings.ops_token), settings.host, settings.ops_port, settings.tls).run)
    failures: list[BaseException] = []
    try:
        async with asyncio.TaskGroup() as group:
            for part in running:
                group.create_task(_until_stop(part, stop))
    except* (OSError, RuntimeError) as group_of_failures:
        failures.extend(group_of_failures.exceptions)
    for failure in failures:
        log.error("process ends", reason=str(failure), exc_info=failure)
    return 1 if failures else 0


async def _until_stop(part: Part, stop: asyncio.Event) -> None:
    try:
        await part(stop)
    finally:
        stop.set()


def _relay(service: Service, settings: ServiceSettings) -> Part:
    from onewindow_kit.relay import Relay

    relay = Relay(
        service.name,
        database=settings.database,
        kafka=settings.kafka,
        instance=settings.instance,
        prefix=settings.topic_prefix,
    )
    return relay.run


async def _snapshot(service: Service, settings: ServiceSettings, record_type: str | None) -> None:
    from onewindow_kit import db
    from onewindow_kit.keyring import Keyring
    from onewindow_kit.records import Records

    records = Records(Keyring.load(settings.keyring), settings.instance)
    wanted = [t for t in _load(service.topics)(settings) if t.kind == "record" and record_type in (None, t.record_type)]
    async with db.opened(settings.database, pool_size=1) as sessions, sessions() as session:
        for topic in wanted:
            cursor: str | None = None
            while True:
                page = await records.snapshot(session, topic.topic, cursor, 1000)
                for envelope in page.envelopes:
                    sys.stdout.buffer.write(envelope + b"\n")
                if (cursor := page.next) is None:
                    break


def _database_answers(url: str) -> Check:
    async def answers() -> bool:
        import asyncpg

        connection = await asyncpg.connect(url.replace("+asyncpg", ""), timeout=3)
        try:
            return await connection.fetchval("select true")
        finally:
            await connection.close(timeout=3)

    return answers


class Server:
    """uvicorn inside a process that has other work too: it ends when ``stop`` is set, and takes no signals itself."""

    def __init__(self, app: Any, host: str, port: int, tls: Mapping[str, Any] | None = None) -> None:
        import uvicorn

        self.host, self.port = host, port
        config = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=5, **(tls or {})
        )
        self.server = uvicorn.Server(config)
        self.server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign]  # _together takes them

    async def answers(self) -> bool:
        return self.server.started and not self.server.should_exit

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until ``stop``; OSError when the port is taken."""
        with bound(self.host, self.port) as listener:
            serving = asyncio.create_task(self.server.serve(sockets=[listener]))
            stopping = asyncio.create_task(stop.wait())
            asyncio.get_running_loop().call_later(SETTLED, calm_collector)
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            self.server.should_exit = True
            await serving
            if not self.server.started:
                raise RuntimeError("the application did not start")


def bound(host: str, port: int) -> socket.socket:
    """A listening socket; OSError that names the port when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it an answer takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise OSError(
            error.errno, f"port {port} on {host} is not free; set ONEWINDOW_PORT and ONEWINDOW_OPS_PORT"
        ) from None
    return listener


def calm_collector() -> None:
    """Let the garbage collector leave alone what start-up made: long pauses go from 40 to 9 ms at the 99th percentile."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)


def _load(name: str) -> Any:
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)
