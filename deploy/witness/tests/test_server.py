"""The witness as a process of its own: over HTTP, killed and started again."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from onewindow_kit.testing import eventually
from onewindow_witness import commands, keys
from onewindow_witness.cosignature import cosigned_at
from onewindow_witness.note import Note
from onewindow_witness.tiles import Folder

from .log_writer import Log, entries


class Running:
    """`python -m onewindow_witness serve` on a free port."""

    def __init__(self, folder: Path, log: Log) -> None:
        self.folder = folder
        (folder / "log.pub").write_text(f"{log.key_line}\n")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=10)
        self.process = self._spawn()

    def _spawn(self) -> subprocess.Popen[bytes]:
        where = [str(self.folder / "witness"), "--name", "test/witness", "--port", str(self.port)]
        command = [sys.executable, "-m", "onewindow_witness", "serve", *where, "--log", str(self.folder / "log.pub")]
        return subprocess.Popen(command, stderr=subprocess.DEVNULL)

    async def ready(self) -> None:
        async def answers() -> bool:
            try:
                return self.client.get("/readyz").status_code == 200
            except httpx.HTTPError:
                return False

        await eventually(answers)

    def stop(self, how: signal.Signals) -> None:
        self.process.send_signal(how)
        self.process.wait(10)

    def again(self) -> None:
        self.process = self._spawn()

    def ask(self, body: bytes) -> httpx.Response:
        return self.client.post("/add-checkpoint", content=body)


@pytest.fixture
def log() -> Log:
    return Log(entries(300))


@pytest.fixture
def running(tmp_path: Path, log: Log) -> Iterator[Running]:
    it = Running(tmp_path, log)
    yield it
    it.stop(signal.SIGKILL)


async def test_a_killed_witness_still_knows_what_it_cosigned(running: Running, log: Log, tmp_path: Path) -> None:
    await running.ready()
    answer = running.ask(log.request(0, 200))
    assert answer.status_code == 200
    key = keys.public(str(tmp_path / "witness" / keys.PUBLIC))
    assert cosigned_at(Note.parse(log.checkpoint(200) + answer.text), key)
    running.stop(signal.SIGKILL)
    running.again()
    await running.ready()
    forked = Log(entries(200, "another"), log.key)
    refused = running.ask(forked.request(0))
    assert (refused.status_code, refused.text, refused.headers["content-type"]) == (409, "200\n", "text/x.tlog.size")
    assert running.ask(log.request(200)).status_code == 200
    (name,) = running.client.get("/evidence").json()["items"]
    assert running.client.get(f"/evidence/{name}").json()["kind"] == "fork"
    assert running.client.get("/evidence/../witness.key").status_code == 404
    metrics = running.client.get("/metrics").text
    assert 'onewindow_witness_evidence{kind="fork"} 1' in metrics
    assert f'onewindow_witness_size{{log="{log.origin}"}} 300' in metrics


async def test_a_log_is_verified_over_http_against_its_witness(
    running: Running, log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off to what was cosigned once: the verifier has seen nothing yet, but the witness has."""
    await running.ready()
    short = running.ask(log.request(0, 260)).text
    full = running.ask(log.request(260)).text
    place = f"http://127.0.0.1:{running.port}"
    key = str(tmp_path / "witness" / keys.PUBLIC)
    folder = log.publish(tmp_path / "log", full)
    # The log's files come from a folder here, the witness's word over HTTP.
    monkeypatch.setattr(commands, "source_of", lambda _: Folder(folder))
    own = ["verify", "-", "--log-key", log.key_line, "--witness-key", key, "--witness", place, "--patience", "0"]
    assert commands.main([*own, "--memory", str(tmp_path / "one")]) == 0
    assert "continues the newest that the witness cosigned (300 entries)" in capsys.readouterr().out
    Log(log.leaves[:260], log.key).publish(folder, short)
    assert commands.main([*own, "--memory", str(tmp_path / "two")]) == 1
    assert "40 fewer than the newest that the witness cosigned" in capsys.readouterr().out


async def test_what_is_too_long_or_not_there_is_refused(running: Running) -> None:
    await running.ready()
    assert running.ask(b"x" * 200_000).status_code == 413
    for method, path in (("GET", "/add-checkpoint"), ("GET", "/"), ("POST", "/evidence"), ("GET", "/checkpoint")):
        assert running.client.request(method, path).status_code == 404
