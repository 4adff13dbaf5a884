"""Checkpoints go to the witness (C2SP tlog-witness), which cosigns what only grew; its signatures are stored beside them.

A witness that is away is asked again. A witness that refuses has seen another past than ours, or does not know us: that is
for people to look into. It is said aloud, readiness fails, and nothing is asked again until there is a new checkpoint.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
from typing import Final

import asyncpg
import httpx
import structlog

from gateway.record.notes import SIGNATURES
from gateway.record.store import read_tiles
from gateway.record.tree import consistency, hash_of, tiles_of
from gateway.recorder import metrics
from gateway.recorder.session import State, connected
from gateway.settings import GatewaySettings

EVERY: Final = 0.5
"""Seconds between two checkpoints that are submitted."""
AGAIN: Final = 1.0
BEHIND: Final = 409
_SIZE: Final = "text/x.tlog.size"

log = structlog.get_logger(__name__)


class Refused(Exception):
    """The witness does not cosign; ``status`` is its HTTP answer's."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


async def submit(settings: GatewaySettings, state: State, stop: asyncio.Event) -> None:
    """The newest checkpoint, whenever there is a new one, until ``stop``."""
    assert settings.witness_url is not None
    async with httpx.AsyncClient(base_url=settings.witness_url, timeout=5, trust_env=False) as client:
        while not stop.is_set():
            state.grown.clear()
            try:
                async with connected(settings) as connection:
                    await _follow(Witness(client, connection), state, stop)
            except Refused as refused:
                metrics.REFUSED.labels(str(refused.status)).inc()
                if state.refused is None:
                    log.error("the witness does not cosign", status=refused.status, detail=str(refused))
                state.refused = refused.status
                await _woken(state, stop)
            except (httpx.HTTPError, OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("the witness or the record is away", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), AGAIN)


async def _follow(witness: Witness, state: State, stop: asyncio.Event) -> None:
    while not stop.is_set():
        await witness.submit()
        if state.refused is not None:
            log.info("the witness cosigns again")
        state.refused = None
        await _woken(state, stop)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY)
        state.grown.clear()


async def _woken(state: State, stop: asyncio.Event) -> None:
    waits = [asyncio.create_task(event.wait()) for event in (state.grown, stop)]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


class Witness:
    """``submit`` once for the newest checkpoint."""

    def __init__(self, client: httpx.AsyncClient, connection: asyncpg.Connection) -> None:
        self._client, self._connection = client, connection

    async def submit(self) -> None:
        """Refused unless it is cosigned and the signatures are stored."""
        newest = await self._connection.fetchrow(
            "select size, note, cosignatures from checkpoint order by size desc limit 1"
        )
        if newest is None or newest["cosignatures"]:
            return
        size, note = newest["size"], newest["note"]
        last = "select max(size) from checkpoint where cosignatures <> ''"
        old = await self._connection.fetchval(last) or 0
        answer = await self._send(old, size, note)
        if answer.status_code == BEHIND and answer.headers.get("content-type", "").startswith(_SIZE):
            # It says how far it has seen us: a shorter past than we remember, or a longer one that we must have had.
            seen = int(answer.text) if answer.text.strip().isdigit() else -1
            if not 0 <= seen <= size or seen == old:
                raise Refused(answer.status_code, f"it has seen {seen} leaves, here are {size}")
            answer = await self._send(seen, size, note)
        if answer.status_code >= 500:
            answer.raise_for_status()
        if answer.status_code != 200:
            raise Refused(answer.status_code, f"checkpoint of {size} leaves")
        if not SIGNATURES.fullmatch(answer.text):
            raise Refused(answer.status_code, "its answer holds no signatures")
        await self._connection.execute("update checkpoint set cosignatures = $2 where size = $1", size, answer.text)
        metrics.COSIGNED.set(size)

    async def _send(self, old: int, size: int, note: str) -> httpx.Response:
        ranges = consistency(old, size)
        tiles = await read_tiles(self._connection, tiles_of(ranges))
        proof = [base64.b64encode(hash_of(each, tiles.__getitem__)).decode() for each in ranges]
        body = "".join(f"{line}\n" for line in (f"old {old}", *proof, "")) + note
        return await self._client.post("/add-checkpoint", content=body.encode())
