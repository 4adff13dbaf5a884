"""What the lottery hashes: lines of text joined by LF, SHA-256, lower-case hexadecimal, so that anybody can do it again."""

from __future__ import annotations

import hashlib

SEED = "onewindow lottery seed v1"


def of_lines(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def entry_code(lottery: str, entry: str, opening: str) -> str:
    """The code under which an entry is published; without ``opening`` nobody can tell whose it is."""
    return of_lines(lottery, entry, opening)


def commitment(lottery: str, party: str, secret: str) -> str:
    """What a party publishes before the freeze: bound to this pool and to itself, so that it can't be copied."""
    return of_lines(lottery, party, secret)


def signed_text(lottery: str, party: str, committed: str) -> bytes:
    """What a party signs when it commits."""
    return "\n".join((lottery, party, committed)).encode()
