"""``python -m gateway api``: the API and the operators' port, until a signal comes."""

from __future__ import annotations

import asyncio
import signal

import structlog
import uvloop
from onewindow_kit.process import Server
from onewindow_kit.telemetry import ops_app

from gateway.server.ready import view_is_there
from gateway.server.workers import Workers
from gateway.settings import GatewaySettings

log = structlog.get_logger(__name__)


def run_api(settings: GatewaySettings) -> int:
    """Exit code: 0 after a signal, 1 when a part could not start or failed."""
    return uvloop.run(_until_signal(settings))


async def _until_signal(settings: GatewaySettings) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if settings.workers == 1:
        # Imported here: with workers, this process only watches them.
        from gateway.app import create

        api = Server(create(settings), settings.host, settings.port, settings.tls)
        ops = ops_app({"api": api.answers, "view": view_is_there(settings)}, settings.ops_token)
    else:
        api = Workers(settings)
        checks = {"api": api.answers, "view": view_is_there(settings)}
        ops = ops_app(checks, settings.ops_token, api.metrics)
    failures: list[BaseException] = []
    try:
        async with asyncio.TaskGroup() as group:
            for part in (api.run, Server(ops, settings.host, settings.ops_port, settings.tls).run):
                group.create_task(_until(part, stop))
    except* (OSError, RuntimeError) as ended:
        failures.extend(ended.exceptions)
    for failure in failures:
        log.error("process ends", reason=str(failure))
    return 1 if failures else 0


async def _until(part, stop: asyncio.Event) -> None:  # type: ignore[no-untyped-def]  # a part of the process
    try:
        await part(stop)
    finally:
        stop.set()
