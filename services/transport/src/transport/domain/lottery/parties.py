"""The parties to a seed: each commits before the freeze under its own key, and reveals after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from transport.domain.lottery import hashing
from transport.domain.lottery.problems import (
    AlreadyCommitted,
    AlreadyRevealed,
    CommitmentUnsigned,
    PartiesTooFew,
    PartyTwice,
    PartyUnknown,
    RevealMismatch,
)


@dataclass(frozen=True, slots=True)
class Party:
    """``public_key`` is Ed25519 in hexadecimal; ``secret`` stays None when it is never revealed."""

    name: str
    title: str
    public_key: str
    commitment: str | None = None
    signature: str | None = None
    secret: str | None = None

    @property
    def contribution(self) -> str:
        """What goes into the seed: the secret, or the commitment in its place."""
        return self.secret or self.commitment or ""


def named(parties: Sequence[Party], least: int) -> tuple[Party, ...]:
    """The parties of a new pool, in order of their names."""
    if len(parties) < least:
        raise PartiesTooFew
    if len({party.name for party in parties}) < len(parties) or len({p.public_key for p in parties}) < len(parties):
        raise PartyTwice
    return tuple(sorted(parties, key=lambda party: party.name))


def find(parties: Sequence[Party], name: str) -> Party:
    found = next((party for party in parties if party.name == name), None)
    if found is None:
        raise PartyUnknown
    return found


def committed(lottery: str, party: Party, commitment: str, signature: str) -> Party:
    if party.commitment is not None:
        raise AlreadyCommitted
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(party.public_key))
        key.verify(bytes.fromhex(signature), hashing.signed_text(lottery, party.name, commitment))
    except (InvalidSignature, ValueError):
        raise CommitmentUnsigned from None
    return replace(party, commitment=commitment, signature=signature)


def revealed(lottery: str, party: Party, secret: str) -> Party:
    if party.secret is not None:
        raise AlreadyRevealed
    if hashing.commitment(lottery, party.name, secret) != party.commitment:
        raise RevealMismatch
    return replace(party, secret=secret)
