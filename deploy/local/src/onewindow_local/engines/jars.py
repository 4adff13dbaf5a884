"""Kafka's jars: fetched once over the network, checked against the sums in this repository at every start.

The list pins every file, dependencies included (it was made by resolving the endpoints below with jgo), so nothing is
resolved on a user's machine, and a jar that is not byte for byte the pinned one is never put on the class path.
"""

import hashlib
import os
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from onewindow_local.engines.cache import cache_folder, cache_lock
from onewindow_local.errors import DownloadRefused

KAFKA_VERSION = "4.4.0"
ENDPOINTS = (f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}", "org.apache.logging.log4j:log4j-slf4j-impl:2.25.5")
SUMS = Path(__file__).with_name("jars.sha256")
AT_ONCE = 6

Progress = Callable[[str, int, int], None]
"""Called with (what is fetched, bytes so far, bytes in all)."""


def pinned() -> dict[str, str]:
    """Path in a Maven repository -> SHA-256 in hex, as committed."""
    lines = (line.split() for line in SUMS.read_text().splitlines() if line.strip())
    return {path: digest for digest, path in lines}


def class_path(progress: Progress | None = None) -> list[Path]:
    """The checked jars, in a fixed order. Fetches them the first time; raises DownloadRefused."""
    folder = cache_folder() / f"kafka-{KAFKA_VERSION}"
    sums = {PurePosixPath(path).name: digest for path, digest in pinned().items()}
    if _wrong(folder, sums):
        with cache_lock("jars"):
            wrong = set(_wrong(folder, sums))
            if wrong:
                _fetch(
                    folder,
                    {path: sum_ for path, sum_ in pinned().items() if PurePosixPath(path).name in wrong},
                    progress,
                )
    return [folder / name for name in sorted(sums)]


def _wrong(folder: Path, sums: dict[str, str]) -> list[str]:
    return [name for name, digest in sums.items() if _digest(folder / name) != digest]


def _digest(file: Path) -> str | None:
    try:
        with file.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def _fetch(folder: Path, wanted: dict[str, str], progress: Progress | None) -> None:
    """Fetch the files at `wanted` (path -> sum) into `folder`; one that is wrong is thrown away, and all is refused."""
    staging = folder.with_name(folder.name + ".part")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staging.mkdir(parents=True)
        _download(staging, list(wanted), progress)
        for path, digest in wanted.items():
            name = PurePosixPath(path).name
            if _digest(staging / name) != digest:
                raise DownloadRefused(
                    f"The download of {name} is not the file that {SUMS.name} pins; it was thrown away.",
                    "Something between here and the repository changed it (a proxy, a mirror). "
                    "Fetch it over another network and start again.",
                )
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in wanted:
            name = PurePosixPath(path).name
            (staging / name).replace(folder / name)
    except OSError as error:
        raise DownloadRefused(
            f"Kafka could not be stored under {staging}: {error.strerror}.",
            "Free some disk space, or choose another folder with ONEWINDOW_CACHE=/path.",
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def repository() -> str:
    """Where jars come from: ONEWINDOW_MAVEN (a mirror), else what jgo knows as the central repository."""
    from jgo.constants import MAVEN_CENTRAL_URL  # a warm start imports none of this

    return os.environ.get("ONEWINDOW_MAVEN", MAVEN_CENTRAL_URL).rstrip("/")


def _download(staging: Path, paths: list[str], progress: Progress | None) -> None:
    import requests

    base, done, lock = repository(), 0, threading.Lock()

    def one(path: str) -> None:
        nonlocal done
        # Most of the time goes into waiting for answers, so a few are asked at once.
        answer = session.get(f"{base}/{path}", timeout=60)
        answer.raise_for_status()
        (staging / PurePosixPath(path).name).write_bytes(answer.content)
        with lock:
            done += 1
            if progress is not None:
                progress(f"Kafka ({done} of {len(paths)} files)", done, len(paths))

    session = requests.Session()
    session.mount("https://", requests.adapters.HTTPAdapter(pool_maxsize=AT_ONCE, max_retries=2))
    try:
        with session, ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(one, paths))
    except requests.HTTPError as error:
        raise DownloadRefused(
            f"Kafka could not be fetched: the repository answered {error.response.status_code}.",
            "Check that the network lets you reach a Maven repository, or name a mirror with ONEWINDOW_MAVEN=URL. "
            "It is needed once; later starts do without. With a Kafka of your own: ./onewindow up --kafka HOST:PORT.",
        ) from error
    except requests.RequestException as error:
        raise DownloadRefused(
            f"Kafka could not be fetched: the connection failed ({type(error).__name__}).",
            "Check the network (and HTTPS_PROXY, if you need one). It is needed once; later starts do without. "
            "With a Kafka of your own: ./onewindow up --kafka HOST:PORT.",
        ) from error
