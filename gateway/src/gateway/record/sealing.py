"""How the record hides people: a row for each pseudonym with a random key of its own, entries sealed under it.

The ring ``record`` is held by the holders ``access`` and ``gateway`` alone. It seals the row; the row's key seals the
entries. A sealed entry is bound to its place in the log, a row to its blind index.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from onewindow_kit.keyring import Keyring
from onewindow_kit.sealing import NONCE, Sealer, Tampered

SALT: Final = 16
_RING: Final = "record"


class Subject(NamedTuple):
    """Who is meant by a row of ``subject``, and the cipher of entries about them."""

    pseudonym: str
    cipher: AESGCM


class Kept(NamedTuple):
    """What a leaf is the hash of: the salt, then the entry's bytes."""

    salt: bytes
    entry: bytes


class RecordSealer:
    """Seals and opens rows of the record for a holder of the ring ``record``."""

    def __init__(self, keyring: Keyring) -> None:
        self._sealer = Sealer(keyring)
        self._blind = blake2b(key=keyring.record_blind, digest_size=16, person=b"ow-record")

    def blind(self, pseudonym: str) -> bytes:
        """16 bytes equal for equal pseudonyms: where the row is found by who knows the pseudonym and the ring."""
        hashed = self._blind.copy()
        hashed.update(pseudonym.encode())
        return hashed.digest()

    def new_subject(self, pseudonym: str) -> tuple[bytes, bytes, bytes]:
        """Blind index, sealed pseudonym and sealed key of somebody's row, the key fresh."""
        blind = self.blind(pseudonym)
        key = AESGCM.generate_key(256)
        return blind, self._seal(_place("pseudonym", blind), pseudonym.encode()), self._seal(_place("key", blind), key)

    def subject(self, blind: bytes, pseudonym: bytes, key: bytes) -> Subject:
        """Of a stored row. Tampered when something else was put in its place."""
        return Subject(self.subject_pseudonym(blind, pseudonym), self.subject_cipher(blind, key))

    def subject_pseudonym(self, blind: bytes, pseudonym: bytes) -> str:
        return self._open(_place("pseudonym", blind), pseudonym).decode()

    def subject_cipher(self, blind: bytes, key: bytes) -> AESGCM:
        return AESGCM(self._open(_place("key", blind), key))

    def seal(self, cipher: AESGCM | None, index: int, salted: bytes) -> bytes:
        """Salt and entry for their place in the log. ``cipher`` is None when nobody was found: the ring seals it."""
        if cipher is None:
            return self._seal(_place("entry", index), salted)
        nonce = os.urandom(NONCE)
        return nonce + cipher.encrypt(nonce, salted, index.to_bytes(8, "big"))

    def open(self, cipher: AESGCM | None, index: int, sealed: bytes) -> Kept:
        """Tampered when the bytes are not what was sealed for this place."""
        if cipher is None:
            salted = self._open(_place("entry", index), sealed)
        else:
            try:
                salted = cipher.decrypt(sealed[:NONCE], sealed[NONCE:], index.to_bytes(8, "big"))
            except InvalidTag as error:
                raise Tampered("an entry of the record does not open in its place") from error
        return Kept(salted[:SALT], salted[SALT:])

    def _seal(self, place: str, data: bytes) -> bytes:
        return self._sealer.seal_own(_RING, place, data)

    def _open(self, place: str, sealed: bytes) -> bytes:
        return self._sealer.open_own(_RING, place, sealed)


def _place(what: str, where: bytes | int) -> str:
    return f"record|{what}|{where.hex() if isinstance(where, bytes) else where}"
