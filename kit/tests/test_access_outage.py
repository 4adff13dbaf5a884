"""Kafka that does not acknowledge: nothing is shown, nobody waits long, and the next chain says where the last one ended."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from onewindow_kit.access import EntryNotKept
from onewindow_kit.testing import eventually
from onewindow_local.engines import ports
from onewindow_local.engines.kafka import Kafka

from . import entries
from .entries import SEEN


@pytest.fixture
async def own_broker(tmp_path: Path) -> AsyncIterator[Kafka]:
    port, controller = ports.ephemeral(2)
    kafka = Kafka(tmp_path / "kafka", port, controller)
    await kafka.start()
    yield kafka
    await kafka.stop()


async def test_a_stopped_broker_shows_nothing_and_a_new_chain_follows(own_broker: Kafka, tmp_path: Path) -> None:
    record = await entries.record(own_broker.address, tmp_path / "keys")
    assert own_broker.process is not None
    async with record.writer(wait=0.6) as writer:
        log = entries.AccessLog("demo", writer)
        await log.keep(SEEN, ["gateway.1.before"])
        os.kill(own_broker.process.pid, signal.SIGSTOP)
        try:
            began = time.monotonic()
            answers = await asyncio.gather(*(log.keep(SEEN, [None]) for _ in range(20)), return_exceptions=True)
            assert all(isinstance(each, EntryNotKept) for each in answers)
            assert time.monotonic() - began < 3
            # From now on nobody waits at all: a caller that is refused at once can be told so at once.
            began = time.monotonic()
            with pytest.raises(EntryNotKept):
                await log.keep(SEEN, [None])
            assert time.monotonic() - began < 0.1
        finally:
            os.kill(own_broker.process.pid, signal.SIGCONT)
        await eventually(lambda: writer.connected, within=20)
        await log.keep(SEEN, ["gateway.1.after"])
        found = await record.batches(2)
    first, last = found[0], next(each for each in found if each.after)
    assert last.number == 0 and last.writer != first.writer
    assert last.after == (first.writer, 0), "the last batch that was acknowledged, not the one whose fate was unknown"
