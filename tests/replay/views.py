"""Views made from a log in some order by a fresh projector, and what can be seen in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import lmdb
from gateway.projector import plan
from gateway.projector.projection import Projection
from gateway.settings import GatewaySettings
from gateway.view import View, layout
from gateway.view import store as stores
from gateway.view.digest import Digest, digest
from gateway.view.links import read_linked
from gateway.view.seal import ViewSealer
from gateway.view.shapes import Shapes
from gateway.view.store import Store
from onewindow_contracts.loader import Contracts
from onewindow_kit.keyring import Keyring

from .log import Log
from .orders import Batch


class NoLetters:
    """Where refused events would go; here none may be refused."""

    async def put(self, topic: str, partition: int, offset: int, *_: Any, **about: Any) -> NoReturn:
        raise AssertionError(f"{topic}-{partition}-{offset} was refused: {about}")


@dataclass(frozen=True, slots=True)
class Seen:
    """``windows``: the bytes of each person's window, by gateway pseudonym. ``names``: who holds each pseudonym, and what
    each person's list has, as it lies in the store."""

    digest: Digest
    windows: dict[str, bytes]
    names: dict[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes views in ``folder``, each in a place of its own, with the keys of one gateway."""

    folder: Path
    keyring: Keyring
    contracts: Contracts
    shapes: Shapes

    async def make(self, name: str, log: Log, order: Iterable[Batch], *, bulk: bool = False) -> Seen:
        """``bulk``: as a projector does that is far behind."""
        place = self.folder / name
        store = stores.create(place)
        try:
            offsets = plan.prepare(store, log.cluster, log.found, self.shapes.topics)
            letters: Any = NoLetters()
            projection = Projection(store, self.keyring, self.shapes, letters, offsets)
            projection.bulk = bulk
            for batch in order:
                assert not await projection.take(batch.messages, batch.positions), "no topic may stand still"
            sealer = ViewSealer(self.keyring)
            found, names, people = digest(store, sealer), _names(store, sealer), _people(store, sealer)
            stores.point(place, store)
        finally:
            store.close()
        return Seen(found, await self._windows(place, people), names)

    def live(self, folder: Path) -> Digest:
        """Of the view that an instance's own projector made in ``folder``; it may still be at work."""
        path = stores.current(folder)
        assert path is not None
        env = lmdb.open(str(path), max_dbs=len(layout.DATABASES) + 1, readonly=True, lock=False)
        try:
            return digest(Store(env, path), ViewSealer(self.keyring))
        finally:
            env.close()

    async def _windows(self, place: Path, people: Iterable[str]) -> dict[str, bytes]:
        settings = GatewaySettings(view=place)
        async with View(settings, self.keyring, self.contracts) as view:
            windows = {}
            for person in people:
                window = view.window(person)
                parts = [head + tail for head, tail in zip(window.heads, view.tails(window), strict=True)]
                windows[person] = window.etag.encode() + b"|" + b",".join(parts)
            return windows


def _names(store: Store, sealer: ViewSealer) -> dict[bytes, bytes]:
    names = {}
    with store.env.begin() as transaction:
        for database in ("links", "pseudonyms"):
            with transaction.cursor(db=store.databases[database]) as cursor:
                for key, value in cursor:
                    names[layout.place(database, key)] = sealer.open(layout.place(database, key), value)
    return names


def _people(store: Store, sealer: ViewSealer) -> list[str]:
    """The gateway pseudonyms of everybody who is somebody."""
    linked = [read_linked(plain) for place, plain in _names(store, sealer).items() if place.startswith(b"links")]
    return sorted({name for each in linked for name in each.pseudonyms if name.startswith("gateway.")})
