"""The LMDB environment: generations in a folder, and a pointer to the one that is served.

A view is rebuilt into a new generation beside the old one, which goes on being read until the new one has caught up;
then the pointer is replaced at once (``rename``), and readers follow it. Names in ``meta``:
``format``, ``store`` (the id in change ids), ``cluster``, ``sequence`` and ``floor`` (of the changes feed), ``topics`` (names, their place is the topic's
number), ``topic|<name>`` (id in Kafka and shape), ``offset|<topic>|<partition>``, ``as-of|<department>``.
"""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from typing import Any, Final

import lmdb
import orjson

from gateway.view.layout import DATABASES

FORMAT: Final = b"3"
MAP_SIZE: Final = 1 << 38
"""256 GiB of address space; the file is as large as its content."""
READERS: Final = 1022


class NoView(RuntimeError):
    """There is no view in this folder yet: no projector has worked here."""


class Store:
    """One generation, open. ``databases`` by name; a process may hold a generation open only once."""

    def __init__(self, env: lmdb.Environment, path: Path) -> None:
        self.env = env
        self.path = path
        # Not inside a read transaction of ours: such handles end with it.
        self.databases: dict[str, Any] = {name: env.open_db(name.encode(), create=False) for name in DATABASES}

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["databases"][name]
        except KeyError:
            raise AttributeError(name) from None

    def meta(self, name: str) -> bytes | None:
        with self.env.begin(db=self.databases["meta"]) as transaction:
            return transaction.get(name.encode())

    @property
    def id(self) -> str:
        return (self.meta("store") or b"").decode()

    def topics(self) -> list[str]:
        """Topic names; a topic's number in keys is its place here."""
        return orjson.loads(self.meta("topics") or b"[]")

    def close(self) -> None:
        self.env.close()


def create(folder: Path) -> Store:
    """A new, empty generation; readers don't see it before ``point``."""
    path = folder / f"g-{secrets.token_hex(6)}"
    path.mkdir(parents=True, mode=0o700)
    env = _open(path, readonly=False)
    with env.begin(write=True) as transaction:
        databases = {name: env.open_db(name.encode(), transaction) for name in DATABASES}
        meta = databases["meta"]
        transaction.put(b"format", FORMAT, db=meta)
        transaction.put(b"store", secrets.token_hex(6).encode(), db=meta)
    return Store(env, path)


def open_for_writing(path: Path) -> Store | None:
    """A generation, None when this release can't go on with it."""
    try:
        store = Store(_open(path, readonly=False), path)
    except lmdb.Error:
        return None  # damaged or half made: the log has everything, the view is made anew
    if store.meta("format") != FORMAT:
        store.close()
        return None
    return store


def open_for_reading(folder: Path) -> Store:
    """The generation that is served; NoView when there is none."""
    path = current(folder)
    if path is None:
        raise NoView("no view yet: the projector has not worked here")
    try:
        return Store(_open(path, readonly=True), path)
    except lmdb.Error as error:
        raise NoView("the view cannot be opened") from error


def current(folder: Path) -> Path | None:
    """The folder that the pointer names."""
    try:
        name = (folder / "current").read_text().strip()
    except FileNotFoundError:
        return None
    path = folder / name
    return path if name and path.parent == folder and (path / "data.mdb").exists() else None


def point(folder: Path, store: Store) -> None:
    """Let readers read ``store``, and remove the generations before it (their readers keep what they have open)."""
    fresh = folder / f".current.{secrets.token_hex(4)}"
    fresh.write_text(store.path.name)
    fresh.replace(folder / "current")
    for path in folder.glob("g-*"):
        if path != store.path:
            shutil.rmtree(path, ignore_errors=True)


def _open(path: Path, *, readonly: bool) -> lmdb.Environment:
    # metasync off: after a power cut the last transaction may be missing, and its offsets with it.
    return lmdb.open(
        str(path),
        map_size=MAP_SIZE,
        max_dbs=len(DATABASES) + 1,
        max_readers=READERS,
        readonly=readonly,
        create=not readonly,
        metasync=False,
        readahead=False,
        mode=0o600,
    )
