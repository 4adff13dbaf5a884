"""Link records: the claims under each pseudonym follow the record that makes them."""

from __future__ import annotations

from typing import Any

from gateway.projector.batch import Batch
from gateway.projector.door import Arrival
from gateway.view.links import Claim, pseudonyms_of, read_claims, sector_of, write_claims
from gateway.view.shapes import GATEWAY


def relink(batch: Batch, arrival: Arrival, before: dict[str, Any] | None) -> None:
    """Replace what this link record said (``before``: its envelope so far) by what it says now."""
    dropped = set(pseudonyms_of(before)[1]) if before is not None else set()
    person, listed = "", []
    if arrival.envelope is not None and arrival.change != "ended":
        person, listed = pseudonyms_of(arrival.envelope)
    if person:  # a record that was merged into another has no current pseudonym, and claims nothing any more
        recorded_at = arrival.envelope["recorded_at"]  # type: ignore[index]  # there is a person, so there is an envelope
        for pseudonym in listed:
            _claim(batch, "pseudonyms", pseudonym, Claim(arrival.urn, recorded_at, person, ()))
            if sector_of(pseudonym) == GATEWAY:
                _claim(batch, "links", pseudonym, Claim(arrival.urn, recorded_at, person, listed))
        dropped -= set(listed)
    for pseudonym in dropped:
        for database in ("pseudonyms", "links"):
            _write(batch, database, pseudonym, _others(batch, database, pseudonym, arrival.urn))


def _claim(batch: Batch, database: str, pseudonym: str, claim: Claim) -> None:
    _write(batch, database, pseudonym, [*_others(batch, database, pseudonym, claim.urn), claim])


def _others(batch: Batch, database: str, pseudonym: str, urn: str) -> list[Claim]:
    plain = batch.open(database, batch.sealer.subject(pseudonym))
    return [] if plain is None else [claim for claim in read_claims(plain) if claim.urn != urn]


def _write(batch: Batch, database: str, pseudonym: str, claims: list[Claim]) -> None:
    key = batch.sealer.subject(pseudonym)
    if claims:
        batch.seal(database, key, write_claims(claims))
    else:
        batch.delete(database, key)
