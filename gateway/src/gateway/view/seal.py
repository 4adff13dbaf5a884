"""How the view store seals: the gateway's own key around every value, keyed hashes in place of people's names.

Values lie in the kit's form for a holder's own data (``len || key id || nonce || ciphertext``), with database, key and
clear header bound in, so that a value moved to another place does not open. Cipher objects are cached: they cost more
than a seal.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from onewindow_kit.keyring import Keyring
from onewindow_kit.sealing import NONCE, Tampered

SUBJECT: Final = 16
"""Bytes of a subject id and of an ETag."""


class ViewSealer:
    """Seals for the places of one view store; the same keyring gives the same subject ids and ETags on every node."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._ciphers: dict[bytes, AESGCM] = {}
        # Derived from the key of equality look-ups, which does not rotate: it names rows, it hides no content.
        self._subject_key = blake2b(b"subject", key=keyring.blind, digest_size=32, person=b"ow-view").digest()
        self._etag_key = blake2b(b"etag", key=keyring.blind, digest_size=32, person=b"ow-view").digest()
        self.renew()

    def renew(self) -> None:
        """Seal with the keyring's current key from now on; what was sealed before still opens."""
        key_id, key = self._keyring.own_current("view")
        name = key_id.encode()
        self._prefix = bytes((len(name),)) + name
        self._current = self._ciphers[self._prefix] = AESGCM(key)

    def subject(self, pseudonym: str) -> bytes:
        """The id under which the store files ``pseudonym``: 16 bytes, not to be turned back without the keyring."""
        return blake2b(pseudonym.encode(), key=self._subject_key, digest_size=SUBJECT).digest()

    def etag(self, visible: bytes) -> bytes:
        """16 bytes that say which bytes are visible; keyed, because they lie beside the sealed value."""
        return blake2b(visible, key=self._etag_key, digest_size=SUBJECT).digest()

    def seal(self, place: bytes, data: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return self._prefix + nonce + self._current.encrypt(nonce, data, place)

    def open(self, place: bytes, sealed: bytes | memoryview) -> bytes:
        """Tampered when the value was not sealed for ``place``; NoKey when its key is not in the keyring."""
        end = 1 + sealed[0]
        prefix = bytes(sealed[:end])
        cipher = self._ciphers.get(prefix)
        if cipher is None:
            cipher = self._ciphers[prefix] = AESGCM(self._keyring.own_key("view", prefix[1:].decode()))
        try:
            return cipher.decrypt(sealed[end : end + NONCE], sealed[end + NONCE :], place)
        except InvalidTag as error:
            raise Tampered("a value of the view store does not open") from error

    def open_section(self, key: bytes, value: bytes) -> bytes:
        """The opened value of ``sections``: an ETag lies before the seal, and is bound into it."""
        return self.open(b"sections\0" + key + value[:SUBJECT], value[SUBJECT:])

    def seal_section(self, key: bytes, plain: bytes) -> bytes:
        etag = self.etag(plain)
        return etag + self.seal(b"sections\0" + key + etag, plain)
