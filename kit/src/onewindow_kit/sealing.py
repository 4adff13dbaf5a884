"""Sealing: AES-256-GCM around event data and around columns that name a person, with the place bound in.

A sealed value moved elsewhere (another topic, another record, an older version, another column) does not open: the place
is the associated data. Keys come from the holder's keyring; cipher objects are cached, they cost more than a seal.
"""

from __future__ import annotations

import hmac
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onewindow_kit.keyring import Keyring, NoKey

NONCE = 12
OVERHEAD = NONCE + 16


class Tampered(ValueError):
    """The bytes were not sealed for this place under this key: changed, cut, moved, or never sealed."""


class Sealer:
    """Seals and opens event data for one holder."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring
        self._ciphers: dict[bytes, AESGCM] = {}
        self._own: dict[tuple[str, bytes], AESGCM] = {}

    def seal(self, topic: str, urn: str, version: int, data: bytes) -> tuple[str, bytes]:
        """Key id and ``nonce(12) || ciphertext || tag(16)``; ``topic`` is without prefix. NoKey if not a holder."""
        key_id, key = self.keyring.topic_current(topic)
        nonce = os.urandom(NONCE)
        return key_id, nonce + self._cipher(key).encrypt(nonce, data, _place(topic, urn, version))

    def open(self, topic: str, key_id: str, urn: str, version: int, sealed: bytes) -> bytes:
        """The data; NoKey for an unknown key id, Tampered when it does not belong here."""
        return _opened(self._cipher(self.keyring.topic_key(topic, key_id)), sealed, _place(topic, urn, version))

    def seal_own(self, use: str, place: str, data: bytes) -> bytes:
        """For the holder's own store (``use``: fields or view), key id inside: ``len(1) || key id || nonce || …``."""
        key_id, key = self.keyring.own_current(use)
        nonce = os.urandom(NONCE)
        name = key_id.encode()
        return bytes((len(name),)) + name + nonce + self._cipher(key).encrypt(nonce, data, place.encode())

    def open_own(self, use: str, place: str, sealed: bytes) -> bytes:
        if not sealed:
            raise Tampered("too short to be sealed")
        end = 1 + sealed[0]
        cipher = self._own.get((use, sealed[:end]))  # a key id always means the same key
        if cipher is None:
            try:
                cipher = self._cipher(self.keyring.own_key(use, sealed[1:end].decode()))
            except UnicodeDecodeError as error:
                raise Tampered("no key id") from error
            self._own[use, sealed[:end]] = cipher
        return _opened(cipher, sealed[end:], place.encode())

    def blind(self, place: str, value: str) -> bytes:
        """32 bytes equal for equal values at one place: a keyed index for look-ups. Normalise ``value`` before."""
        return hmac.digest(self.keyring.blind, f"{place}\0{value}".encode(), "sha256")

    def _cipher(self, key: bytes) -> AESGCM:
        cipher = self._ciphers.get(key)
        if cipher is None:
            cipher = self._ciphers[key] = AESGCM(key)
        return cipher


def _opened(cipher: AESGCM, sealed: bytes, place: bytes) -> bytes:
    if len(sealed) < OVERHEAD:
        raise Tampered("too short to be sealed")
    try:
        return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], place)
    except InvalidTag as error:
        raise Tampered("does not open here") from error


def _place(topic: str, urn: str, version: int) -> bytes:
    return f"{topic}|{urn}|{version}".encode()


_holders: dict[str, Sealer] = {}


def use(keyring: Keyring) -> Sealer:
    """Make ``keyring`` the one that this holder's sealed columns work with; a service does so once, when it starts."""
    sealer = _holders[keyring.holder] = Sealer(keyring)
    return sealer


def sealer_of(holder: str) -> Sealer:
    """The sealer for a holder's columns; NoKey before ``use``."""
    try:
        return _holders[holder]
    except KeyError as error:
        raise NoKey(f"no keyring in use for {holder}") from error


def blind(holder: str, place: str, value: str) -> bytes:
    """The blind index of ``value`` in ``holder``'s column ``place`` (e.g. ``person.number``)."""
    return sealer_of(holder).blind(place, value)


def __getattr__(name: str) -> Any:
    # The column type needs SQLAlchemy, which relay, projector and read workers must not import.
    if name == "SealedText":
        from onewindow_kit.sealed_column import SealedText

        return SealedText
    raise AttributeError(name)
