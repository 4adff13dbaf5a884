"""The witness cosigns what only grew; what it refuses is said aloud, and a witness that is away is asked again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.testing import eventually, free_port

from .library import Log, opened


class Witness:
    """A witness process of its own, which shares no code with the recorder; started when ``start`` says so."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, verifier_key: str) -> None:
        (self.folder / "log.pub").write_text(f"{verifier_key}\n")
        command = [sys.executable, "-m", "onewindow_witness", "serve", str(self.folder / "witness")]
        command += ["--name", "onewindow/demo/witness", "--port", str(self.port), "--log", str(self.folder / "log.pub")]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Witness]:
    made = Witness(tmp_path)
    yield made
    made.stop()


async def cosigned(log: Log) -> int:
    """The size of the newest checkpoint with a cosignature of our witness, 0 without one."""
    connection = await log.connect()
    try:
        if await connection.fetchval("select to_regclass('checkpoint')") is None:
            return 0
        newest = "select max(size) from checkpoint where cosignatures like '— onewindow/demo/witness %'"
        return await connection.fetchval(newest) or 0
    finally:
        await connection.close()


async def test_checkpoints_are_cosigned_and_a_fork_is_refused_aloud(log: Log, keys: Path, witness: Witness) -> None:
    await log.look(str(Pseudonym.new("gateway")))
    recorder = await log.start(ONEWINDOW_WITNESS_URL=witness.url)
    connection = await log.connect()

    async def key() -> str | None:
        there = await connection.fetchval("select to_regclass('head')")
        return await connection.fetchval("select verifier_key from head") if there else None

    witness.start(await eventually(key, within=60))  # late: the recorder asks again until somebody answers
    await eventually(lambda: cosigned(log), within=60)
    for _ in range(100):
        await log.look(*(str(Pseudonym.new("gateway")) for _ in range(2)))

    async def all_cosigned() -> bool:
        return await cosigned(log) == 201

    await eventually(all_cosigned, within=60)
    recorder.terminate()
    await recorder.communicate()
    await connection.close()

    async with opened(keys) as forked:
        for _ in range(3):
            await forked.look(str(Pseudonym.new("gateway")))
        port = free_port()
        told = {"ONEWINDOW_WITNESS_URL": witness.url, "ONEWINDOW_OPS_PORT": str(port)}
        recorder = await forked.start(**told)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as ops:

            async def refused() -> bool:
                try:
                    ready = await ops.get("/readyz")
                except httpx.HTTPError:
                    return False
                return ready.status_code == 503 and ready.json()["checks"].get("witness") is False

            await eventually(refused, within=60)
        recorder.terminate()
        _, said = await recorder.communicate()
        assert "the witness does not cosign" in said.decode() and '"status": 409' in said.decode()
        assert await cosigned(forked) == 0
