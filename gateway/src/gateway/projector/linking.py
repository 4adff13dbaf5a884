"""Link records: each pseudonym has one holder, and every person's list has what that person holds and nothing else."""

from __future__ import annotations

from typing import Any

import orjson

from gateway.projector.batch import Batch
from gateway.projector.door import Arrival
from gateway.view.layout import ERASED, RecordHeader, record_place
from gateway.view.links import (
    Holder,
    Linked,
    Said,
    read_holder,
    said,
    sector_of,
    write_holder,
    write_linked,
)
from gateway.view.shapes import GATEWAY


def relink(batch: Batch, arrival: Arrival, before: dict[str, Any] | None) -> None:
    """Replace what this link record said (``before``: its envelope so far) by what it says now.

    Other link records that lose a pseudonym by it are written anew in the same transaction: at no moment does a list
    hold what is somebody else's.
    """
    now, urn = said(arrival.envelope), arrival.urn
    losing = {urn}
    for pseudonym in set(said(before).listed) - set(now.listed):
        if _holder(batch, pseudonym).urn == urn:
            _release(batch, pseudonym, now)
            if arrival.envelope is None:
                _end(batch, pseudonym)
    for pseudonym in now.retired:
        held = _holder(batch, pseudonym)
        if held.stamp <= now.stamp:
            losing.add(held.urn)
            _retire(batch, pseudonym, now)
    for pseudonym in now.listed:
        held = _holder(batch, pseudonym)
        if held.urn == urn or (held.stamp, held.urn) < (now.stamp, urn):
            losing.add(held.urn)
            _write(batch, "pseudonyms", pseudonym, write_holder(Holder(now.stamp, urn, now.person)))
    for link in losing - {""}:
        _list(batch, link, now if link == urn else _said_by(batch, link))


_NOBODY = Holder((-1, ""), "", "")


def _holder(batch: Batch, pseudonym: str) -> Holder:
    plain = batch.open("pseudonyms", batch.sealer.subject(pseudonym))
    return _NOBODY if plain is None else read_holder(plain)


def _release(batch: Batch, pseudonym: str, now: Said) -> None:
    """It is another's from this decision on: what earlier decisions said of it, and comes late, counts no more."""
    key = batch.sealer.subject(pseudonym)
    batch.delete("links", key)
    if now.stamp[0]:
        _write(batch, "pseudonyms", pseudonym, write_holder(Holder(now.stamp, "", "")))
    else:
        batch.delete("pseudonyms", key)


def _retire(batch: Batch, pseudonym: str, now: Said) -> None:
    """It names nobody from now on; its window ends instead of being empty, so that an app asks for another token."""
    _write(batch, "pseudonyms", pseudonym, write_holder(Holder(now.stamp, "", "")))
    _end(batch, pseudonym)


def _end(batch: Batch, pseudonym: str) -> None:
    if sector_of(pseudonym) == GATEWAY:
        _write(batch, "links", pseudonym, write_linked(Linked("", "", ())))


def _list(batch: Batch, link: str, says: Said) -> None:
    """Under each gateway pseudonym that the link record holds: everything that it holds."""
    held = [pseudonym for pseudonym in says.listed if _holder(batch, pseudonym).urn == link]
    for pseudonym in held:
        if sector_of(pseudonym) == GATEWAY:
            _write(batch, "links", pseudonym, write_linked(Linked(link, says.person, held)))


def _said_by(batch: Batch, link: str) -> Said:
    """What another link record says at present."""
    urn = link.encode()
    stored = batch.get("records", urn)
    if stored is None:
        return said(None)
    header, start = RecordHeader.unpack(stored)
    if header.flags & ERASED:
        return said(None)
    return said(orjson.loads(batch.sealer.open(record_place(stored[:start], urn), stored[start:])))


def _write(batch: Batch, database: str, pseudonym: str, plain: bytes) -> None:
    batch.seal(database, batch.sealer.subject(pseudonym), plain)
