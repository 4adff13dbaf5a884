"""The draw, in ten lines that anybody can follow.

1. The list holds one line `<code> <weight>` an entry, in order of the codes.
2. Its root is the RFC 6962 Merkle tree hash over these lines (ASCII, without line ends).
3. Before the root was published each party had published a commitment: SHA-256 of the lines lottery, party, secret.
4. Afterwards each party reveals its secret. A secret that never comes is replaced by the commitment itself.
5. With the root a public value was named that nobody knew then: its source, and which of the source's values.
6. The seed is SHA-256 of these lines: `onewindow lottery seed v1`, lottery, root, for each party in order of its name
   `<party> <secret>`, source, reference, value. Lines are joined by LF; hashes are lower-case hexadecimal.
7. An entry of weight w has the tickets 0 to w - 1; a ticket's number is SHA-256 of `<seed> <code> <ticket>`.
8. An entry is worth its lowest ticket.
9. Entries in ascending order of that: the first `quota` of them win.
10. Nothing is ever drawn again: not for a missing secret, and not for a winner who no longer meets the conditions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from transport.domain.lottery import tree
from transport.domain.lottery.hashing import SEED, of_lines


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """One line of the frozen list."""

    code: str
    weight: int

    @property
    def line(self) -> bytes:
        return f"{self.code} {self.weight}".encode()


def root_of(entries: Iterable[Listed]) -> str:
    """The Merkle root of the list."""
    return tree.root([entry.line for entry in sorted(entries)]).hex()


def seed_of(lottery: str, root: str, secrets: Iterable[tuple[str, str]], public: tuple[str, str, str]) -> str:
    """``secrets``: party and secret (or the commitment in its place); ``public``: source, reference and value."""
    return of_lines(SEED, lottery, root, *(f"{party} {secret}" for party, secret in sorted(secrets)), *public)


def winners(seed: str, entries: Collection[Listed], quota: int) -> list[str]:
    """The codes drawn, in order."""
    lowest = {entry.code: min(_ticket(seed, entry.code, n) for n in range(entry.weight)) for entry in entries}
    return sorted(lowest, key=lowest.__getitem__)[:quota]


def _ticket(seed: str, code: str, ticket: int) -> str:
    return hashlib.sha256(f"{seed} {code} {ticket}".encode()).hexdigest()


def proof(entries: Sequence[Listed], code: str) -> tuple[int, list[str]] | None:
    """A code's place on the sorted list and its audit path; None for one that isn't on it."""
    lines = sorted(entries)
    index = next((n for n, entry in enumerate(lines) if entry.code == code), None)
    if index is None:
        return None
    return index, [node.hex() for node in tree.path([entry.line for entry in lines], index)]
