"""The read side of the view store, for the gateway's API processes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import structlog
from onewindow_contracts import loader
from onewindow_contracts.loader import Contracts
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import Unauthenticated, Unavailable

from gateway.settings import GatewaySettings
from gateway.view import layout
from gateway.view import store as stores
from gateway.view.extract import Extract, extracts
from gateway.view.feed import Change, Feed
from gateway.view.frame import Frame, freshness
from gateway.view.people import People
from gateway.view.pulse import EVERYBODY, Pulse
from gateway.view.registry import Registry
from gateway.view.seal import ViewSealer
from gateway.view.shapes import UNUSABLE, compile_shapes
from gateway.view.store import NoView, Store
from gateway.view.windows import Window, Windows

WAIT: Final = 5.0
"""Seconds that a read waits for the versions it was asked to wait for."""
LOOK_ROUND: Final = 1.0

log = structlog.get_logger(__name__)


class SectionState(NamedTuple):
    """How a topic's section stands. ``held``: a newer version of one of the person's records waits for mending."""

    section: str
    title: Mapping[str, str]
    authorities: tuple[str, ...]
    as_of: str | None
    stale: bool
    held: bool


class View:
    """``async with View(settings, keyring, contracts) as view``; everything else is in the package's docstring.

    It follows the projector to a new generation and reads the contracts again when they change. Before there is any view,
    and while none can be opened, everything raises Unavailable.
    """

    def __init__(self, settings: GatewaySettings, keyring: Keyring, contracts: Contracts) -> None:
        self._settings = settings
        self._contracts = contracts
        self.sealer = ViewSealer(keyring)
        self.frame = Frame(compile_shapes(contracts, settings.instance))
        self._store: Store | None = None
        self._people = People(self.sealer)
        self._windows = Windows(self.sealer, self._people)
        self._pulse = Pulse(self._mark, lambda: self.feed.sequence(), lambda after: self.feed.since(after))
        self._following: asyncio.Task[None] | None = None

    async def __aenter__(self) -> View:
        self._follow()
        self._following = asyncio.create_task(self._look_round())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._following is not None:
            self._following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._following
        self._pulse.close()
        if self._store is not None:
            self._store.close()
            self._store = None

    @property
    def store(self) -> Store:
        """The generation that is read at present."""
        if self._store is None:
            self._follow()
        if self._store is None:
            raise Unavailable("There is no view here yet.", retry_after=2)
        return self._store

    @property
    def feed(self) -> Feed:
        return Feed(self.store, self.frame.shapes)

    @property
    def registry(self) -> Registry:
        return Registry(self.store, self.sealer, self.frame.shapes)

    # Persons

    def subject(self, pseudonym: str) -> str | None:
        """The current gateway pseudonym of a person or organisation, from any sector's pseudonym; None when no link
        record lists it, or it names nobody any more."""
        held = self._people.holder(self.store, pseudonym)
        return held.person or None if held is not None else None

    def current(self, gateway_pseudonym: str) -> str:
        """The pseudonym that the person has now, after merges too; unchanged when no link record lists it (yet)."""
        return self.subject(gateway_pseudonym) or gateway_pseudonym

    def pseudonyms(self, gateway_pseudonym: str) -> tuple[str, ...]:
        """Every pseudonym of the person; Unauthenticated for one that names nobody since a split."""
        linked = self._people.linked(self.store, gateway_pseudonym)
        if linked is None:
            return ()
        if linked.ended:
            raise Unauthenticated
        return tuple(linked.pseudonyms)

    # Reading

    def window(self, gateway_pseudonym: str, wanted: frozenset[str] | None = None) -> Window:
        """The person's sections (``wanted``: names; default all), still sealed, and their common ETag."""
        return self._windows.find(self.store, self.frame, gateway_pseudonym, wanted)

    def tails(self, window: Window) -> list[bytes]:
        """The rest of each section's object, opened."""
        return self._windows.tails(window)

    def records(self, subject: str, record_type: str, cursor: str | None, limit: int) -> tuple[list[bytes], str | None]:
        """A page of all records of a type, ended ones too, oldest first by effective day; and the cursor of the next.

        UnknownName for a type that no contract shows, InvalidCursor.
        """
        return self.registry.page(self.pseudonyms(subject), record_type, cursor, limit)

    def opened(self, subject: str, topics: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
        """The person's current records of ``topics``: envelopes with ``you`` for ``subjects``, bodies with all classified
        properties, whoever may see them."""
        return self.registry.current(self.pseudonyms(subject), topics)

    def types(self, window: Window) -> list[str]:
        """The record types of which a window has records."""
        return self._windows.types(window)

    def extract(self, subject: str, types: frozenset[str]) -> list[Extract]:
        """The person's current records of ``types``, by section, as the person sees them; types without a section are left out."""
        frame = self.frame
        names = frozenset(frame.sections_of[name] for name in types if name in frame.sections_of)
        return extracts(self.window(subject, names), self.sealer, types, lambda name: self._many(subject, name))

    def _many(self, subject: str, record_type: str) -> list[dict[str, Any]]:
        shapes, found = self.frame.shapes, []
        for topic, envelope in self.opened(subject, shapes.types.get(record_type, ())):
            cut = shapes.topics[topic].cut(frozenset(own["role"] for own in envelope["you"]))
            found.append(envelope if cut is None else envelope | {"body": cut(envelope["body"])})
        return found

    def sections(self, topics: Iterable[str], subject: str | None = None) -> dict[str, SectionState]:
        """How the sections of ``topics`` stand, for ``subject`` where one is given."""
        held = self.registry.held(self.pseudonyms(subject)) if subject is not None else frozenset()
        store = self.store
        states = {}
        for topic in topics:
            shape = self.frame.shapes.topics.get(topic)
            if shape is not None and shape.section is not None:
                section = self.frame.shapes.sections[shape.section]
                fresh = freshness(section, store.meta)
                states[topic] = SectionState(
                    section.name, section.title, section.authorities, fresh.as_of, fresh.stale, shape.type in held
                )
        return states

    # Waiting

    async def wait(self, versions: Iterable[tuple[str, int]], within: float = WAIT) -> None:
        """Until the view has these versions; Unavailable past the bound.

        A version that was refused (held) counts as there: the section says so, and waiting would not bring it. Records
        of types that don't come to the gateway are not waited for.
        """
        missing = self._missing(versions)
        end = asyncio.get_running_loop().time() + within
        while missing:
            left = end - asyncio.get_running_loop().time()
            if left <= 0 or not await self._pulse.wait([EVERYBODY], left):
                raise Unavailable("The view does not have these versions yet.", retry_after=1)
            missing = self._missing(missing)

    def changes(self, subject: str, after: str | None, limit: int = 100) -> tuple[list[Change], str] | None:
        """What happened to the person's records after that place, and the place to go on from.

        None: the place is unknown or too old, read the view anew. Without a place: no changes and the present place.
        """
        return self.feed.after([self._people.id(p) for p in self.pseudonyms(subject)], after, limit)

    async def changed(self, subject: str, within: float, after: str | None = None) -> bool:
        """Whether something happened to the person's records in ``within`` seconds (after the place, if given)."""
        keys = [self._people.id(pseudonym) for pseudonym in self.pseudonyms(subject)]
        if after is not None and (found := self.feed.after(keys, after, 1)) is not None and found[0]:
            return True
        # The person's own link too: somebody whom no link record lists yet waits for one.
        return await self._pulse.wait([*keys, self._people.id(subject)], within)

    # Inside

    def _missing(self, versions: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
        store, reaches = self.store, self.frame.shapes.reaches
        missing = []
        with store.env.begin() as transaction:
            for urn, version in versions:
                key = urn.encode()
                value = transaction.get(key, db=store.databases["records"])
                if (value is None or layout.record_version(value) < version) and reaches(urn):
                    mark = transaction.get(key, db=store.databases["held"])
                    if mark is None or 0 < layout.held_version(mark) < version:
                        missing.append((urn, version))
        return missing

    def _mark(self) -> object:
        store = self._store
        return None if store is None else (store.path, store.env.info()["last_txnid"])

    async def _look_round(self) -> None:
        while True:
            await asyncio.sleep(LOOK_ROUND)
            self._follow()
            if loader.changed(self._contracts):
                try:
                    self._contracts = loader.load(self._settings.contracts or None)
                    self.frame = Frame(compile_shapes(self._contracts, self._settings.instance))
                except UNUSABLE as error:
                    log.warning("contracts can't be read, the view goes on with those before", reason=str(error))

    def _follow(self) -> None:
        """Read what the projector's pointer names."""
        path = stores.current(self._settings.view)
        if path is None or (self._store is not None and self._store.path == path):
            return
        try:
            fresh = stores.open_for_reading(self._settings.view)
        except NoView as error:
            log.warning("view not readable", reason=str(error))
            return
        if self._store is not None:
            self._store.close()
        self._store = fresh
