"""A client's side: a proof for each request, signed by the key that its tokens are bound to."""

from __future__ import annotations

import hashlib
import secrets
import time
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from onewindow_kit.dpop.keys import encoded, thumbprint


class Prover:
    """``key``: a private JWK of P-256; a fresh one, known to nobody, when there is none."""

    def __init__(self, key: dict[str, Any] | None = None) -> None:
        self._key = ECKey.generate_key("P-256") if key is None else ECKey.import_key(key)
        public = self._key.as_dict(private=False)
        self.thumbprint = thumbprint(public)
        shown = {name: public[name] for name in ("kty", "crv", "x", "y")}
        self._header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": shown}

    def proof(self, method: str, url: str, token: str | None = None, **other: Any) -> str:
        """A proof for one request to ``url`` (whose query and fragment don't count); ``token`` is sent beside it.

        ``other`` claims replace or add to the usual ones.
        """
        claims: dict[str, Any] = {
            "jti": secrets.token_urlsafe(16),
            "htm": method.upper(),
            "htu": url.partition("#")[0].partition("?")[0],
            "iat": int(time.time()),
        }
        if token is not None:
            claims["ath"] = encoded(hashlib.sha256(token.encode()).digest())
        return jwt.encode(self._header, claims | other, self._key, algorithms=["ES256"])

    def headers(self, method: str, url: str, token: str) -> dict[str, str]:
        """What a request with a bound token carries (RFC 9449, 7.1)."""
        return {"Authorization": f"DPoP {token}", "DPoP": self.proof(method, url, token)}
