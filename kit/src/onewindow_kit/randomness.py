"""Random names of records and people."""

from __future__ import annotations

import os

LENGTH = 22
_LETTERS = b"abcdefghijklmnopqrstuvwxyz234567"
_TABLE = bytes(_LETTERS[byte % 32] for byte in range(256))


def random_id() -> str:
    """22 lower-case base32 characters from the system's randomness: 110 bits, so nobody meets another's by chance."""
    return base32(os.urandom(LENGTH)).decode()


def base32(random: bytes) -> bytes:
    """Random bytes as as many lower-case base32 characters, five bits of each."""
    return random.translate(_TABLE)
