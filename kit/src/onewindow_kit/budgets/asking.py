"""What was asked for, as an entry keeps it: keyed hashes, equal for equal questions, from which nothing can be read.

A failed look-up has no subject; ``what`` lets distinct ones be counted. ``near`` is the same for numbers that differ in their
last places only, so that going through numbers in sequence, or through names for one number, shows without the numbers.
"""

from __future__ import annotations

import hmac
from typing import NamedTuple

SIZE = 16
"""Bytes of a hash; with a key of 32 bytes nobody who reads entries can try numbers."""
LAST = 4
"""Places left out of ``near``: order code and check digit of an identification number (GB 11643), the running number of a
certificate or plate."""
SHORTEST = 3
"""A number must be this much longer than ``LAST`` for its beginning to mean nearness."""


class Asked(NamedTuple):
    """``near`` is None for a number too short to have neighbours."""

    what: str
    near: str | None


def asked(blind: bytes, scheme: str, number: str, name: str = "") -> Asked:
    """Of a look-up by ``number`` of ``scheme`` (and ``name``); ``blind`` is the holder's key (``Keyring.blind``).

    Spaces and case don't make another question. One holder's hashes mean nothing to another.
    """
    plain = "".join(number.split()).upper()
    near = _hash(blind, "near", scheme, plain[:-LAST]) if len(plain) >= LAST + SHORTEST else None
    return Asked(_hash(blind, "what", scheme, plain, "".join(name.split())), near)


def what(blind: bytes, scheme: str, text: str) -> str:
    """``Asked.what`` of a look-up by something that has no neighbours, such as a pseudonym."""
    return _hash(blind, "what", scheme, text, "")


def _hash(key: bytes, *parts: str) -> str:
    return hmac.digest(key, "\0".join(("asked", *parts)).encode(), "sha256")[:SIZE].hex()
