"""The projector's process: sessions with Kafka one after the other, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import structlog
import uvloop
from aiokafka.errors import KafkaError
from onewindow_contracts.errors import ContractError
from onewindow_kit.failures import trace
from onewindow_kit.keyring import Keyring
from onewindow_kit.process import Server
from onewindow_kit.telemetry import ops_app

from gateway.projector import metrics
from gateway.projector.session import Session, State
from gateway.settings import GatewaySettings
from gateway.view.shapes import UNUSABLE

BACKOFF: Final = (0.1, 5.0)

log = structlog.get_logger(__name__)


def run(settings: GatewaySettings, *, rebuild: bool = False, once: bool = False) -> int:
    """Keep the view up to date until SIGTERM or SIGINT; the exit code.

    ``rebuild``: make the view anew from the log before going on; the present one is served meanwhile. ``once``: end when
    the view has caught up with where the topics ended at the start.
    """
    try:
        with _sole(settings.view):
            return uvloop.run(_run(settings, rebuild=rebuild, once=once))
    except BlockingIOError:
        log.error("another projector works on this view", view=settings.view.name)
        return 1


async def _run(settings: GatewaySettings, *, rebuild: bool, once: bool) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    state = State(rebuild=rebuild)

    async def connected() -> bool:
        return state.connected

    async def no_topic_halted() -> bool:
        return not state.halted

    checks = {"kafka": connected, "topics": no_topic_halted}
    ops = asyncio.create_task(
        Server(ops_app(checks, settings.ops_token), settings.host, settings.ops_port, settings.tls).run(stop)
    )
    work = asyncio.create_task(project(settings, state, stop, once=once))
    await asyncio.wait({ops, work}, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    try:
        await asyncio.gather(ops, work)
    except (OSError, RuntimeError) as error:
        log.error("process ends", reason=str(error))
        return 1
    return 0


async def project(settings: GatewaySettings, state: State, stop: asyncio.Event, *, once: bool = False) -> None:
    """Sessions until ``stop``, or until the view has caught up (``once``). An outage of Kafka ends a session, not this."""
    pause, longest = BACKOFF
    while not stop.is_set():
        try:
            keyring = Keyring.load(settings.keyring)
            if await Session(settings, keyring, state, stop).run(once=once):
                return
            pause = BACKOFF[0]
        except (KafkaError, *UNUSABLE) as error:
            # Contracts half written and a broker that is away look alike from here: try again, and say so.
            metrics.FAILURES.labels(type(error).__name__).inc()
            if state.connected:
                pause = BACKOFF[0]
            # The texts of other errors may quote what was read.
            known = isinstance(error, (KafkaError, ContractError))
            reason = str(error) if known else trace(error)
            log.warning("projector begins anew", error=type(error).__name__, reason=reason)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause * random.uniform(0.8, 1.2))
            pause = min(pause * 2, longest)
        finally:
            state.connected = False


@contextlib.contextmanager
def _sole(folder: Path) -> Iterator[None]:
    """BlockingIOError when another process writes this view."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)
