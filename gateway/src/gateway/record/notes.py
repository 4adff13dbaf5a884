"""Checkpoints: C2SP tlog-checkpoint in a signed note (C2SP signed-note), signed by the record's Ed25519 key.

A verifier key is ``<name>+<key id, hex>+<base64 of 0x01 and the public key>``; whoever knows it needs nothing else from us.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_ED25519: Final = b"\1"
SIGNATURES: Final = re.compile(r"(?:— [^\s+]+ [A-Za-z0-9+/]+={0,2}\n)+")
"""Lines of signatures, as a witness answers them too."""


class Checkpoint(NamedTuple):
    """What a checkpoint says: so many leaves, this root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def origin_of(instance: str) -> str:
    """The log's name, which is its key's too."""
    return f"onewindow/{instance}/access"


class Signer:
    """Signs in the name of a log. ``jwk``: its private key (RFC 8037)."""

    def __init__(self, name: str, jwk: Mapping[str, Any]) -> None:
        self.name = name
        self._key = Ed25519PrivateKey.from_private_bytes(_base64url(jwk["d"]))
        self._public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def verifier_key(self) -> str:
        public = _ED25519 + self._public
        return f"{self.name}+{_key_id(self.name, public).hex()}+{base64.b64encode(public).decode()}"

    def sign(self, checkpoint: Checkpoint) -> str:
        """The whole note."""
        text = checkpoint.text
        signature = _key_id(self.name, _ED25519 + self._public) + self._key.sign(text.encode())
        return f"{text}\n— {self.name} {base64.b64encode(signature).decode()}\n"


def opened(note: str, verifier_key: str) -> Checkpoint:
    """The checkpoint of a note that this key has signed; ValueError for any other note."""
    name, _, rest = verifier_key.partition("+")
    public = base64.b64decode(rest.partition("+")[2])
    text, found, lines = note.rpartition("\n\n")
    text += "\n"
    if not found or not SIGNATURES.fullmatch(lines):
        raise ValueError("no signed note")
    for line in lines.splitlines():
        _, who, encoded = line.split(" ")
        signature = base64.b64decode(encoded)
        if who == name and signature[:4] == _key_id(name, public):
            try:
                Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature[4:], text.encode())
            except InvalidSignature:
                raise ValueError("the signature does not belong to the note") from None
            origin, size, root, *_ = text.split("\n")
            return Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
    raise ValueError("the note is not signed by this key")


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + public).digest()[:4]


def _base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
