"""Alarms of all nodes, each once: the place in the log moves in the transaction in which the alarm is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog
from aiokafka.errors import KafkaError
from onewindow_kit import alarms
from onewindow_kit.consumer.place import claim, keep, places
from onewindow_kit.failures import trace
from onewindow_kit.telemetry import correlation_urn
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight.service.credentials import heard
from oversight.service.desk import Desk

NAME = "oversight-alarms"
PAUSE = 0.5
log = structlog.get_logger(__name__)


async def follow(
    desk: Desk,
    sessions: async_sessionmaker[AsyncSession],
    wake: Callable[[], None],
    stop: asyncio.Event,
    *,
    kafka: str,
    prefix: str,
) -> None:
    """Until ``stop``; outages of broker or database only pause it."""
    while not stop.is_set():
        try:
            async with sessions() as session, session.begin():
                offset = (await places(session, NAME, [(alarms.TOPIC, 0)]))[alarms.TOPIC, 0]
            async for alarm, following in alarms.follow(kafka, prefix, desk.records.sealer, offset, stop):
                await _apply(desk, sessions, alarm, following)
                wake()
        except asyncio.CancelledError:
            if (task := asyncio.current_task()) is not None and task.cancelling():
                raise
            # aiokafka lets its own inner cancellations out when a broker goes while it closes.
        except (KafkaError, DBAPIError, OSError, TimeoutError) as error:
            log.warning("alarms are followed anew", error=type(error).__name__)
        except Exception as error:
            # Nothing of it was committed: beginning anew at the stored place is right, and a loud line says why.
            log.error("alarms are followed anew", error=type(error).__name__, trace=trace(error))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PAUSE)


async def _apply(desk: Desk, sessions: async_sessionmaker[AsyncSession], alarm: alarms.Alarm, following: int) -> None:
    async with sessions() as session, session.begin():
        if await claim(session, NAME, alarms.TOPIC, 0) >= following:
            return  # another process of this department was faster
        session.info["correlation"] = correlation_urn()
        await heard(desk, session, alarm)
        await keep(session, NAME, alarms.TOPIC, 0, following)
