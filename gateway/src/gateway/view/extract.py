"""Some record types of one person, taken from the sections that are kept ready: what an agency's look is made of.

A section holds records as their subject sees them, so whoever looks by this way never sees more than the person does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import orjson

from gateway.view.seal import ViewSealer
from gateway.view.section import Section
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
        section = Section()
        for number, (key, value) in enumerate(parts):
            opened = Section.unpack(sealer.open_section(key, value))
            if number:
                section.join(opened)
            else:
                section = opened
        records = {}
        for name in section.types.keys() & types:
            count, shown = section.types[name]
            whole = count <= len(shown)
            records[name] = [orjson.loads(entry[3]) for entry in reversed(shown)] if whole else many(name)
        found.append(Extract(head, sorted(types & set(section.held.values())), records))
    return found
