"""Some record types of one person, taken from the sections that are kept ready: what an agency's look is made of.

A section holds records as their subject sees them, so whoever looks by this way never sees more than the person does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import orjson

from gateway.view.seal import ViewSealer
from gateway.view.section import Section, picked
from gateway.view.windows import Window

Many = Callable[[str], list[dict[str, Any]]]


class Extract(NamedTuple):
    """One section: ``head`` begins its object for an agency, ``held`` are wanted types that wait for mending, ``records`` are
    the person's current ones by wanted type: envelopes with ``you`` for ``subjects``."""

    head: bytes
    held: list[str]
    records: Mapping[str, list[dict[str, Any]]]


def extracts(window: Window, sealer: ViewSealer, types: frozenset[str], many: Many) -> list[Extract]:
    """``window`` of the sections in which ``types`` are; ``many`` reads a type of which a section keeps only the newest."""
    found = []
    for head, parts in zip(window.briefs, window.sections, strict=True):
        if len(parts) == 1:
            held, shown = picked(sealer.open_section(*parts[0]), types)
        else:
            held, shown = _joined(parts, sealer, types)
        records = {
            name: [orjson.loads(each) for each in entries] if count <= len(entries) else many(name)
            for name, (count, entries) in shown.items()
        }
        found.append(Extract(head, sorted(set(held)), records))
    return found


def _joined(
    parts: list[tuple[bytes, bytes]], sealer: ViewSealer, types: frozenset[str]
) -> tuple[list[str], dict[str, tuple[int, list[bytes]]]]:
    """The same of a person whose identities were merged, or of whom the section knows nothing."""
    section = Section()
    for key, value in parts:
        section.join(Section.unpack(sealer.open_section(key, value)))
    held = [name for name in section.held.values() if name in types]
    shown = {
        name: (count, [entry[3] for entry in reversed(entries)])
        for name, (count, entries) in section.types.items()
        if name in types
    }
    return held, shown
