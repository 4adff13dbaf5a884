"""Where downloads are kept between instances and checkouts: `$ONEWINDOW_CACHE`, else `~/.cache/onewindow`."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


def cache_folder() -> Path:
    """The folder (0700, made when missing) for files that can be fetched or made again."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(os.environ.get("ONEWINDOW_CACHE") or caches / "onewindow")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextlib.contextmanager
def cache_lock(name: str) -> Iterator[None]:
    """Hold the machine-wide lock `name`, so that two instances do not fetch or make the same file at once."""
    with (cache_folder() / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
