"""Link records in the view: which pseudonyms belong to one person, found by any of them.

Identity publishes one link record per person; after a merge the surviving one lists the other's pseudonyms too, as not
current. Under each pseudonym lie the claims of every live link record that lists it: events of two URNs may come in any
order, and a claim goes only when its own record says so. The newest claim holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from gateway.view.shapes import GATEWAY


class Claim(NamedTuple):
    """One link record's word about a pseudonym. ``pseudonyms`` is every one of the person (claims of ``links`` only)."""

    urn: str
    recorded_at: str
    person: str
    pseudonyms: Sequence[str]


def read_claims(plain: bytes) -> list[Claim]:
    return [Claim(*item) for item in orjson.loads(plain)]


def write_claims(claims: Sequence[Claim]) -> bytes:
    return orjson.dumps([list(claim) for claim in claims])


def holding(claims: Sequence[Claim]) -> Claim | None:
    """The claim that holds: the newest, by URN between equals."""
    return max(claims, key=lambda claim: (claim.recorded_at, claim.urn), default=None)


def pseudonyms_of(envelope: dict[str, Any]) -> tuple[str, list[str]]:
    """The person's current gateway pseudonym and all pseudonyms, from a link record; '' when none is current."""
    entries = envelope["body"]["pseudonyms"]
    current = next((e["pseudonym"] for e in entries if e["sector"] == GATEWAY and e["current"]), "")
    return current, [entry["pseudonym"] for entry in entries]


def sector_of(pseudonym: str) -> str:
    return pseudonym.partition(".")[0]
