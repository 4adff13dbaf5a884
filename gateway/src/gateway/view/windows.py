"""A person's window: which stored sections make it up, their common ETag, and their bytes."""

from __future__ import annotations

from hashlib import blake2b
from itertools import chain
from typing import Final, NamedTuple

from onewindow_kit.problems import Unauthenticated

from gateway.view.frame import Frame
from gateway.view.links import sector_of
from gateway.view.people import People
from gateway.view.seal import SUBJECT, ViewSealer
from gateway.view.section import EMPTY_TAIL, Section, tail_of, types_of
from gateway.view.store import Store

REMEMBERED: Final = 100_000
_END: Final = bytes(SUBJECT)


class _Person(NamedTuple):
    """``keys`` are the person's keys in ``sections``, by section in the frame's order. Good while ``link`` (the sealed
    entry) and frame stay the same."""

    link: bytes | None
    frame: Frame
    keys: tuple[tuple[bytes, ...], ...]


class Window(NamedTuple):
    """``heads`` begin each section's object (``briefs`` an agency's); ``sections`` are its stored parts, still sealed: an
    unchanged window is answered without opening them."""

    etag: str
    heads: list[bytes]
    sections: list[list[tuple[bytes, bytes]]]
    briefs: list[bytes]


class Windows:
    """Remembers where each reader's sections lie."""

    def __init__(self, sealer: ViewSealer, people: People) -> None:
        self._sealer, self._people = sealer, people
        self._known: dict[str, _Person] = {}

    def find(self, store: Store, frame: Frame, pseudonym: str, wanted: frozenset[str] | None) -> Window:
        """The sections of a person, named by a gateway pseudonym; empty ones for somebody whom no link record lists.

        Unauthenticated for a pseudonym that names nobody since a split: its tokens end.
        """
        databases = store.databases
        sections_db, meta_db = databases["sections"], databases["meta"]
        subject = self._people.id(pseudonym)
        with store.env.begin() as transaction:
            get = transaction.get
            link = get(subject, db=databases["links"])
            person = self._known.get(pseudonym)
            if person is None or person.link != link or person.frame is not frame:
                person = self._remember(pseudonym, subject, link, frame)
            sections, etags = [], [frame.digest]
            for number, keys in enumerate(person.keys):
                if wanted is not None and frame.order[number].name not in wanted:
                    continue
                found = []
                for key in keys:
                    value = get(key, db=sections_db)
                    if value is not None:
                        found.append((key, value))
                        etags.append(value[:SUBJECT])
                etags.append(_END)
                sections.append(found)
            heads = frame.heads(lambda name: get(name.encode(), db=meta_db))
        briefs = frame.briefs
        if wanted is not None:
            shown = [number for number, section in enumerate(frame.order) if section.name in wanted]
            heads, briefs = [heads[number] for number in shown], [briefs[number] for number in shown]
        return Window(blake2b(b"".join(etags), digest_size=12).hexdigest(), heads, sections, briefs)

    def tails(self, window: Window) -> list[bytes]:
        """The rest of each section's object, opened."""
        open_section = self._sealer.open_section
        tails = []
        for found in window.sections:
            if not found:
                tails.append(EMPTY_TAIL)
            elif len(found) == 1:
                tails.append(tail_of(open_section(*found[0])))
            else:
                whole = Section()
                for key, value in found:
                    whole.join(Section.unpack(open_section(key, value)))
                tails.append(tail_of(whole.pack()))
        return tails

    def types(self, window: Window) -> list[str]:
        """The record types of which a window has records."""
        found: set[str] = set()
        for key, value in chain.from_iterable(window.sections):
            found.update(types_of(self._sealer.open_section(key, value)))
        return sorted(found)

    def _remember(self, pseudonym: str, subject: bytes, link: bytes | None, frame: Frame) -> _Person:
        linked = None if link is None else self._people.read(subject, link)
        if linked is not None and linked.ended:
            raise Unauthenticated
        listed = () if linked is None else linked.pseudonyms
        keys = tuple(
            tuple(self._sealer.subject(p) + section.name.encode() for p in listed if sector_of(p) in section.sectors)
            for section in frame.order
        )
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        person = self._known[pseudonym] = _Person(link, frame, keys)
        return person
