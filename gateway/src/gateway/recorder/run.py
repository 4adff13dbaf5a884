"""The recorder's process: sessions one after the other, until it is told to stop.

An engine that is away ends a session, and the next begins as soon as it answers. What must not come in stops the record:
it is said aloud (log, metric, readiness), nothing after it is taken, and it is tried again now and then, for the cause may
be mended (a key that came late). It is never skipped.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
from typing import Final

import asyncpg
import structlog
import uvloop
from aiokafka.errors import KafkaError
from onewindow_contracts.errors import ContractError
from onewindow_kit.failures import trace
from onewindow_kit.keyring import NoKey
from onewindow_kit.process import Server
from onewindow_kit.sealing import Tampered
from onewindow_kit.telemetry import ops_app

from gateway.recorder import metrics
from gateway.recorder.chain import Broken
from gateway.recorder.session import Session, State
from gateway.recorder.witness import submit
from gateway.settings import GatewaySettings

BACKOFF: Final = (0.1, 5.0)
AGAIN: Final = 5.0
"""Seconds until something that stopped the record is tried again."""
AWAY: Final = (KafkaError, OSError, TimeoutError, ContractError, asyncpg.PostgresError, asyncpg.InterfaceError, NoKey)

log = structlog.get_logger(__name__)


def run(settings: GatewaySettings, *, once: bool = False) -> int:
    """Record until SIGTERM or SIGINT; the exit code. ``once``: end when all is merged that was there at the start, with
    1 if it must not be."""
    return uvloop.run(_run(settings, once=once))


async def _run(settings: GatewaySettings, *, once: bool) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    state = State()

    async def connected() -> bool:
        return state.connected

    async def nothing_wrong() -> bool:
        return state.stopped is None

    async def witnessed() -> bool:
        return state.refused is None

    checks = {"engines": connected, "record": nothing_wrong, "witness": witnessed}
    parts = [record(settings, state, stop, once=once)]
    if not once:
        parts.append(
            Server(ops_app(checks, settings.ops_token), settings.host, settings.ops_port, settings.tls).run(stop)
        )
        if settings.witness_url is not None:
            parts.append(submit(settings, state, stop))
    tasks = [asyncio.create_task(part) for part in parts]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    try:
        await asyncio.gather(*tasks)
    except (OSError, RuntimeError) as error:
        log.error("process ends", reason=str(error))
        return 1
    return 1 if state.stopped is not None else 0


async def record(settings: GatewaySettings, state: State, stop: asyncio.Event, *, once: bool = False) -> None:
    """Sessions until ``stop``; with ``once`` one that succeeds, or that is stopped by what must not come in."""
    pause, longest = BACKOFF
    while not stop.is_set():
        try:
            await Session(settings, state, stop).run(once=once)
            pause = BACKOFF[0]
            if once:
                return
        except (Broken, Tampered) as wrong:
            _say(state, wrong.code if isinstance(wrong, Broken) else "seal-broken", str(wrong))
            if once:
                return
            await _pause(stop, AGAIN)
        except AWAY as error:
            metrics.FAILURES.labels(type(error).__name__).inc()
            # The texts of database errors may quote what was written.
            known = isinstance(error, (KafkaError, ContractError, OSError))
            log.warning(
                "recorder begins anew", error=type(error).__name__, reason=str(error) if known else trace(error)
            )
            await _pause(stop, pause * random.uniform(0.8, 1.2))
            pause = min(pause * 2, longest)


def _say(state: State, code: str, detail: str) -> None:
    if state.stopped is not None and state.stopped != code:
        metrics.STOPPED.labels(state.stopped).set(0)
    state.stopped = code
    metrics.STOPPED.labels(code).set(1)
    log.error("the record takes no more entries", reason=code, detail=detail)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
