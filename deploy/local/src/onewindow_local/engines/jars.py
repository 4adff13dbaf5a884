"""Kafka's jars: resolved once over the network, checked against the sums in this repository at every start.

A jar that is not byte for byte the pinned one is never put on the class path.
"""

import contextlib
import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from onewindow_local.engines.cache import cache_folder, cache_lock
from onewindow_local.errors import DownloadRefused

KAFKA_VERSION = "4.4.0"
ENDPOINTS = (f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}", "org.apache.logging.log4j:log4j-slf4j-impl:2.25.5")
SUMS = Path(__file__).with_name("jars.sha256")

Progress = Callable[[str, int, int], None]
"""Called with (file name, bytes so far, bytes in all)."""


def pinned() -> dict[str, str]:
    """File name -> SHA-256 in hex, as committed."""
    lines = (line.split() for line in SUMS.read_text().splitlines() if line.strip())
    return {name: digest for digest, name in lines}


def class_path(progress: Progress | None = None) -> list[Path]:
    """The checked jars, in a fixed order. Fetches them the first time; raises DownloadRefused."""
    folder = cache_folder() / f"kafka-{KAFKA_VERSION}"
    sums = pinned()
    if _wrong(folder, sums):
        with cache_lock("jars"):
            if _wrong(folder, sums):
                _fetch(folder, sums, progress)
    return [folder / name for name in sorted(sums)]


def _wrong(folder: Path, sums: dict[str, str]) -> list[str]:
    return [name for name, digest in sums.items() if _digest(folder / name) != digest]


def _digest(file: Path) -> str | None:
    try:
        with file.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def _fetch(folder: Path, sums: dict[str, str], progress: Progress | None) -> None:
    staging = folder.with_name(folder.name + ".part")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        found = {jar.name: jar for jar in _resolve(staging, progress)}
        missing = sorted(sums.keys() - found.keys())
        if missing:
            raise DownloadRefused(
                f"The download of Kafka lacks {', '.join(missing)}.", "Try again; nothing half-fetched was kept."
            )
        for name, digest in sums.items():
            if _digest(found[name]) != digest:
                raise DownloadRefused(
                    f"The download of {name} is not the file that {SUMS.name} pins; it was thrown away.",
                    "Something between here and the repository changed it (a proxy, a mirror). "
                    "Fetch it over another network and start again.",
                )
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in sums:
            # Copied, not linked: the staging area goes.
            target = folder / name
            target.unlink(missing_ok=True)
            shutil.copyfile(found[name], target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _resolve(staging: Path, progress: Progress | None) -> list[Path]:
    # Imported late: a warm start needs neither the resolver nor its HTTP client.
    import requests
    from jgo.env import EnvironmentBuilder, LinkStrategy
    from jgo.maven import MavenContext, PythonResolver

    @contextlib.contextmanager
    def report(name: str, size: int) -> Iterator[Callable[[int], None]]:
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            if progress is not None:
                progress(name, done, size)

        yield advance

    context = MavenContext(resolver=PythonResolver(progress_callback=report), repo_cache=staging / "repository")
    builder = EnvironmentBuilder(context=context, cache_dir=staging / "environments", link_strategy=LinkStrategy.COPY)
    try:
        return [Path(jar) for endpoint in ENDPOINTS for jar in builder.from_endpoint(endpoint=endpoint).all_jars]
    except OSError as error:
        if isinstance(error, requests.RequestException):
            raise DownloadRefused(
                f"Kafka could not be fetched: the connection failed ({type(error).__name__}).",
                "Check the network (and HTTPS_PROXY, if you need one). It is needed once; later starts do without. "
                "With a Kafka of your own: ./onewindow up --kafka HOST:PORT.",
            ) from error
        raise DownloadRefused(
            f"Kafka could not be stored under {staging}: {error.strerror}.",
            "Free some disk space, or choose another folder with ONEWINDOW_CACHE=/path.",
        ) from error
    except RuntimeError as error:
        raise DownloadRefused(
            "Kafka could not be fetched: the repository refused a file.",
            "Check that the network lets you reach a Maven repository. It is needed once; later starts do without.",
        ) from error
