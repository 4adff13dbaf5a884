"""One of several API processes: serves an inherited socket until its parent ends or says so."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket

import uvicorn
import uvloop
from onewindow_kit.process import SETTLED, calm_collector

from gateway.app import create
from gateway.settings import GatewaySettings


def run_worker(settings: GatewaySettings, listener: int, parent: int) -> int:
    """``listener`` is the file descriptor of the bound socket, ``parent`` of the pipe that closes with the parent."""
    return uvloop.run(_serve(settings, listener, parent))


async def _serve(settings: GatewaySettings, listener: int, parent: int) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    loop.add_reader(parent, stop.set)  # nobody writes: it is readable only at its end
    config = uvicorn.Config(
        create(settings),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        **settings.tls,
    )
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign]  # taken above
    with socket.socket(fileno=listener) as inherited:
        serving = asyncio.create_task(server.serve(sockets=[inherited]))
        stopping = asyncio.create_task(stop.wait())
        loop.call_later(SETTLED, calm_collector)
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        server.should_exit = True
        await serving
    return 0 if server.started else 1
