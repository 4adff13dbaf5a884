"""Checking a proof: cheap things first, the signature after them, and only then is it remembered as used."""

from __future__ import annotations

import hashlib
import re
import time
from typing import Any

import orjson

from onewindow_kit.dpop import target
from onewindow_kit.dpop.keys import ALGORITHMS, NotAKey, ProofKey, decoded, encoded
from onewindow_kit.dpop.seen import Seen
from onewindow_kit.problems import ProofInvalid, ProofReplayed

__all__ = ["ALGORITHMS", "Proofs"]

AGE = 60
"""Seconds for which a proof is good after it was made (``iat``)."""
AHEAD = 5
"""Seconds by which its maker's clock may be ahead of ours."""
LONGEST = 4096
JTI = re.compile(r"[!-~]{8,128}")


class Proofs:
    """Proofs of one node's clients. ``seen`` is shared by the node's processes; keys of good proofs are remembered."""

    def __init__(self, seen: Seen, *, remember: int = 4096) -> None:
        self._seen = seen
        self._remember = remember
        self._keys: dict[str, ProofKey] = {}

    def check(
        self, proof: str, *, method: str, url: str, token: str | None = None, thumbprint: str | None = None
    ) -> str:
        """The thumbprint of the key whose holder made ``proof`` for this very request, now and for the first time.

        ``token`` is the access token beside it (``ath``), ``thumbprint`` the one that the token is bound to; both are
        None at the token endpoint. ProofInvalid says what does not fit, ProofReplayed that it was used before.
        """
        try:
            head, payload, signature = proof.split(".")
            if len(proof) > LONGEST:
                raise ProofInvalid("The proof is too long.")
            key = self._keys.get(head) or _key(head)
            claims = orjson.loads(decoded(payload))
            signed = decoded(signature)
        except (ValueError, TypeError, RecursionError) as error:
            raise ProofInvalid("The proof is no JWT of type dpop+jwt with its public key (ES256 or EdDSA).") from error
        if thumbprint is not None and key.thumbprint != thumbprint:
            raise ProofInvalid("The token is bound to another key.")
        jti, made_at = _claims(claims, method, url, token)
        if not key.signed(signed, proof[: -len(signature) - 1].encode()):
            raise ProofInvalid("The proof's signature is not its key's.")
        if head not in self._keys:
            if len(self._keys) >= self._remember:
                self._keys.clear()
            self._keys[head] = key
        if not self._seen.first(key.thumbprint, jti, made_at):
            raise ProofReplayed
        return key.thumbprint


def _key(head: str) -> ProofKey:
    header = orjson.loads(decoded(head))
    if not isinstance(header, dict) or header.get("typ") != "dpop+jwt" or "crit" in header:
        raise NotAKey("another type, or a header that must be understood and is not")
    return ProofKey.of(header.get("alg"), header.get("jwk"))


def _claims(claims: Any, method: str, url: str, token: str | None) -> tuple[str, int]:
    """The proof's id and moment, once everything that it says fits."""
    if not isinstance(claims, dict):
        raise ProofInvalid("The proof has no claims.")
    jti, made_at, htu = claims.get("jti"), claims.get("iat"), claims.get("htu")
    if claims.get("htm") != method:
        raise ProofInvalid("The proof is for another method (htm).")
    if not isinstance(htu, str) or not target.same(htu, url):
        raise ProofInvalid(f"The proof is for another address (htu) than this at {_origin(url)}.")
    moment = time.time()
    if type(made_at) is not int or not moment - AGE <= made_at <= moment + AHEAD:
        raise ProofInvalid(f"The proof is not of now (iat): {AGE} seconds are the most.")
    if not isinstance(jti, str) or not JTI.fullmatch(jti):
        raise ProofInvalid("The proof has no id of 8 to 128 printable characters (jti).")
    if token is not None and claims.get("ath") != encoded(hashlib.sha256(token.encode()).digest()):
        raise ProofInvalid("The proof is for another token (ath).")
    return jti, made_at


def _origin(url: str) -> str:
    return "/".join(url.split("/", 3)[:3])
