"""``python -m gateway record check|erase``: looking after the record from outside of the recorder."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import asdict

import orjson
from onewindow_contracts import loader
from onewindow_kit import clock
from onewindow_kit.keyring import Keyring

from gateway.record.sealing import RecordSealer
from gateway.recorder.check import check
from gateway.recorder.erasure import erase
from gateway.recorder.retention import cutoff
from gateway.recorder.session import connected
from gateway.settings import GatewaySettings


def run(settings: GatewaySettings, what: str) -> int:
    """``check`` prints what it found and gives 1 unless all is there; ``erase`` prints how many rows went."""
    return asyncio.run(_check(settings) if what == "check" else _erase(settings))


async def _check(settings: GatewaySettings) -> int:
    before = cutoff(loader.load(settings.contracts or None), clock.today(settings.time_zone))
    async with connected(settings) as connection:
        found = await check(connection, RecordSealer(Keyring.load(settings.keyring)), before)
    print(orjson.dumps(asdict(found)).decode())
    return 0 if found.sound else 1


async def _erase(settings: GatewaySettings) -> int:
    pseudonyms = [line.strip() for line in sys.stdin if line.strip()]
    async with connected(settings) as connection:
        erased = await erase(connection, RecordSealer(Keyring.load(settings.keyring)), pseudonyms)
    print(orjson.dumps({"erased": erased}).decode())
    return 0
