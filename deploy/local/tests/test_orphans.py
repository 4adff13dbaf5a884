"""Whatever happens to the process that started them, engines do not outlive it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
from onewindow_kit.testing import eventually
from onewindow_local.engines import ports
from onewindow_local.engines.pair import EnginePair


def start_engines(folder: Path) -> tuple[subprocess.Popen[str], list[psutil.Process]]:
    """The starter, once its engines serve, and the processes below it."""
    starter = subprocess.Popen(
        [sys.executable, "-m", "onewindow_local.engines", str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    assert starter.stdout.readline().startswith("export ONEWINDOW_TEST_DATABASE=")
    return starter, psutil.Process(starter.pid).children(recursive=True)


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def test_kill_9_of_the_starter_leaves_no_engine_and_the_next_start_recovers(tmp_path: Path) -> None:
    starter, engines = start_engines(tmp_path)
    assert {"java", "postgres"} <= {engine.name() for engine in engines}
    os.kill(starter.pid, signal.SIGKILL)
    starter.wait()
    await eventually(lambda: not any(alive(engine) for engine in engines), within=15)
    postgres, kafka, controller = ports.ephemeral(3)
    pair = EnginePair.at(tmp_path, postgres_port=postgres, kafka_port=kafka, controller_port=controller)
    await pair.start()
    await pair.stop()
