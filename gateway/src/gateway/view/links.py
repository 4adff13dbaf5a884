"""Link records in the view: which pseudonyms belong to one person or organisation, found by any of them.

Identity publishes one link record per person. After a merge the surviving one lists the other's pseudonyms too, as not
current; after a split both list fresh ones, and what meant two persons is retired for ever. Events of two link records
may come in any order: under each pseudonym lies who holds it and by which decision, and a later decision prevails.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from gateway.view.shapes import GATEWAY

Stamp = tuple[int, str]
"""Number of the decision that gave a pseudonym its holder (0 before any), and when that was recorded."""


class Holder(NamedTuple):
    """Whose a pseudonym is. ``urn`` is the link record that holds it, '' when it names nobody any more, or not yet
    whoever has it since the decision ``stamp``."""

    stamp: Stamp
    urn: str
    person: str


class Linked(NamedTuple):
    """Who is meant by a gateway pseudonym, and every pseudonym that is this person's; ``urn`` as of a holder."""

    urn: str
    person: str
    pseudonyms: Sequence[str]

    @property
    def ended(self) -> bool:
        """Whether the pseudonym meant two persons and names nobody since they were parted."""
        return not self.urn


class Said(NamedTuple):
    """What a link record says. ``person`` is the current gateway pseudonym; '' when the record claims nothing."""

    stamp: Stamp
    person: str
    listed: Sequence[str]
    retired: Sequence[str]


NOTHING = Said((0, ""), "", (), ())


def said(envelope: dict[str, Any] | None) -> Said:
    """Of a link record's envelope; nothing once the person was merged into another, or was erased."""
    if envelope is None:
        return NOTHING
    body = envelope["body"]
    stamp = (body.get("order") or 0, envelope["recorded_at"])
    retired = tuple(body.get("retired") or ())
    entries = body["pseudonyms"]
    person = next((e["pseudonym"] for e in entries if e["sector"] == GATEWAY and e["current"]), "")
    listed = [entry["pseudonym"] for entry in entries]
    if envelope["change"] == "ended" or not person:
        return Said(stamp, "", (), retired)
    return Said(stamp, person, listed, retired)


def read_holder(plain: bytes) -> Holder:
    order, recorded_at, urn, person = orjson.loads(plain)
    return Holder((order, recorded_at), urn, person)


def write_holder(holder: Holder) -> bytes:
    return orjson.dumps([*holder.stamp, holder.urn, holder.person])


def read_linked(plain: bytes) -> Linked:
    return Linked(*orjson.loads(plain))


def write_linked(linked: Linked) -> bytes:
    return orjson.dumps([linked.urn, linked.person, list(linked.pseudonyms)])


def sector_of(pseudonym: str) -> str:
    return pseudonym.partition(".")[0]
