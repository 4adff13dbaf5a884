"""An engine's folder: owned by one process at a time, readable by its owner only."""

import asyncio
import contextlib
import fcntl
import os
import shutil
import time
from pathlib import Path

from onewindow_local.errors import AlreadyInUse, LocalError

# Below this PostgreSQL and Kafka start and then fail in ways that name everything but the cause.
ENOUGH_DISK = 300 * 1024 * 1024


class FolderLock:
    """A lock that lives as long as any process that holds `descriptor`, so an engine keeps it beyond our own death.

    `patience` is how many seconds take() waits for another holder to end.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self.path = folder / "lock"
        self.descriptor = -1
        self.patience = 12.0

    def _try(self) -> bool:
        self.descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            return False
        return True

    async def take(self) -> None:
        """Take the lock; an engine that is just going down after its supervisor's death is waited for."""
        deadline = time.monotonic() + self.patience
        while not self._try():
            if time.monotonic() > deadline:
                raise AlreadyInUse(
                    f"{self.name} in {self.folder} is still held by process {self.holder() or 'unknown'}.",
                    "Stop that instance with `./onewindow down`, or end that process, then start again.",
                )
            await asyncio.sleep(0.1)

    def write_holder(self, process: int) -> None:
        os.truncate(self.descriptor, 0)
        os.pwrite(self.descriptor, str(process).encode(), 0)

    def holder(self) -> int | None:
        with contextlib.suppress(OSError, ValueError):
            return int(self.path.read_text())
        return None

    def release(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def prepare(folder: Path) -> None:
    """Make `folder` (0700) and refuse to go on with a disk that is nearly full.

    An existing folder is left with the permissions it has: it may be more than ours.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise LocalError(
            f"The data folder {folder} cannot be used: {error.strerror}.",
            "Choose a folder that you may write to with --data (for example --data ~/onewindow-data).",
        ) from error
    if free < ENOUGH_DISK:
        raise LocalError(
            f"The disk of {folder} is nearly full: {free // 2**20} MB are free, {ENOUGH_DISK // 2**20} MB are needed.",
            "Free some space, or choose a folder on another disk with --data.",
        )
