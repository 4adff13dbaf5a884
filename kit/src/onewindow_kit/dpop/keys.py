"""The public key in a proof's header: its thumbprint (RFC 7638), and whether a signature is its.

``cryptography`` directly: a proof is checked at each request, and a JOSE library takes as long again as the signature.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

ALGORITHMS = ("ES256", "EdDSA")
_ES256 = ECDSA(SHA256())


class NotAKey(ValueError):
    """No public key that a proof may be signed with."""


def decoded(text: str) -> bytes:
    """base64url without padding (RFC 7515, 2); ValueError for other characters."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class ProofKey:
    """A public key of P-256 or Ed25519."""

    thumbprint: str
    key: EllipticCurvePublicKey | Ed25519PublicKey

    @classmethod
    def of(cls, algorithm: Any, jwk: Any) -> ProofKey:
        """NotAKey unless ``jwk`` (RFC 7517) is a public key, and of the kind that ``algorithm`` signs with."""
        if not isinstance(jwk, dict) or "d" in jwk:
            raise NotAKey("no public key")
        try:
            if algorithm == "ES256" and jwk["kty"] == "EC" and jwk["crv"] == "P-256":
                x, y = decoded(jwk["x"]), decoded(jwk["y"])
                if len(x) != 32 or len(y) != 32:
                    raise NotAKey("coordinates of P-256 have 32 bytes (RFC 7518, 6.2.1)")
                numbers = EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), SECP256R1())
                return cls(thumbprint(jwk), numbers.public_key())
            if algorithm == "EdDSA" and jwk["kty"] == "OKP" and jwk["crv"] == "Ed25519":
                return cls(thumbprint(jwk), Ed25519PublicKey.from_public_bytes(decoded(jwk["x"])))
        except (KeyError, TypeError, ValueError) as error:
            raise NotAKey("no public key") from error
        raise NotAKey("another algorithm or curve")

    def signed(self, signature: bytes, data: bytes) -> bool:
        """Whether ``signature`` (RFC 7518 3.4, RFC 8037) over ``data`` was made with this key's private half."""
        if len(signature) != 64:
            return False
        try:
            if isinstance(self.key, Ed25519PublicKey):
                self.key.verify(signature, data)
            else:
                r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
                self.key.verify(encode_dss_signature(r, s), data, _ES256)
        except InvalidSignature:
            return False
        return True


def thumbprint(jwk: dict[str, Any]) -> str:
    """The SHA-256 thumbprint of a key (RFC 7638), as ``cnf.jkt`` says it (RFC 9449, 6.1)."""
    members = ("crv", "kty", "x", "y") if jwk["kty"] == "EC" else ("crv", "kty", "x")
    named = orjson.dumps({name: jwk[name] for name in members})
    return encoded(hashlib.sha256(named).digest())
