"""What the processes of one node share and need not outlive it: proofs already seen, looks counted, places reached.

One LMDB environment in ``folder``, opened in each process's lifespan and never before a fork (an environment that was
opened before one reads wrong and says nothing). It is not synced: after a power cut the last seconds may be gone, and
whoever keeps something here must be able to make it anew or to do without. A killed process loses nothing and holds up
nobody. There is one writer at a time, across all processes: keep write transactions short.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import lmdb

MAP_SIZE: Final = 1 << 36
"""64 GiB of address space; the file is as large as its content."""
DATABASES: Final = 32
READERS: Final = 510


class Node:
    """The store of one node and holder; ``folder`` is shared by its processes and by nobody else.

    ``with Node(folder) as node`` or ``open`` and ``close``. RuntimeError when used before it is open.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self._environment: lmdb.Environment | None = None
        self._databases: dict[str, Any] = {}

    def open(self) -> Node:
        """OSError when the folder can't be made. A file that was damaged while the power went is begun anew."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(self.folder):
            try:
                self._environment = self._opened()
            except lmdb.Error:
                # Whoever has it open goes on with the file that it has, and ends with the node.
                shutil.rmtree(self.folder / "store", ignore_errors=True)
                self._environment = self._opened()
            self._environment.reader_check()  # readers that were killed would hold pages for ever
        return self

    def close(self) -> None:
        if self._environment is not None:
            self._environment.close()
        self._environment = None
        self._databases = {}

    def __enter__(self) -> Node:
        return self.open()

    def __exit__(self, *_: object) -> None:
        self.close()

    def database(self, name: str) -> Any:
        """The handle of the database ``name``, made when it is new; never call it inside a transaction."""
        handle = self._databases.get(name)
        if handle is None:
            handle = self._databases[name] = self.environment.open_db(name.encode())
        return handle

    @property
    def environment(self) -> lmdb.Environment:
        if self._environment is None:
            raise RuntimeError("the node's store is not open: open it in the lifespan")
        return self._environment

    def write(self) -> lmdb.Transaction:
        """``with``: the node's one writer; committed at the end, undone by an exception. Never await inside."""
        return self.environment.begin(write=True)

    def read(self) -> lmdb.Transaction:
        """``with``: what was committed when it began. Never await inside: a long reader keeps old pages alive."""
        return self.environment.begin()

    def _opened(self) -> lmdb.Environment:
        path = self.folder / "store"
        path.mkdir(exist_ok=True, mode=0o700)
        return lmdb.open(
            str(path),
            map_size=MAP_SIZE,
            max_dbs=DATABASES,
            max_readers=READERS,
            sync=False,
            metasync=False,
            readahead=False,
            mode=0o600,
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other process opens, judges or replaces the store meanwhile."""
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
