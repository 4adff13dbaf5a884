"""Signing: access tokens (RFC 9068) and identity tokens under identity's issuer key, and the documents about it."""

from __future__ import annotations

import time
import uuid
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet
from joserfc.jwt import JWTClaimsRegistry

from identity.issuer.clients import Clients
from identity.issuer.errors import OAuthRefusal
from identity.issuer.people import SamplePeople

ALGORITHM = "ES256"
ASSERTION_ALGORITHMS = ["ES256", "EdDSA"]
GRANTS = ("authorization_code", "client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange")


class Issuer:
    """``url`` is the ``iss`` and where the endpoints are; ``key`` the private JWK that signs."""

    def __init__(
        self, url: str, key: dict[str, Any], clients: Clients, people: SamplePeople, *, lifetime: int = 600
    ) -> None:
        self.url = url.rstrip("/")
        self.clients, self.people, self.lifetime = clients, people, lifetime
        self._key = ECKey.import_key(key)
        self._keys = KeySet([self._key])

    @property
    def token_endpoint(self) -> str:
        return f"{self.url}/oauth/token"

    async def key_set(self) -> dict[str, Any]:
        """The public JWK Set, also for verifiers in this process."""
        return {"keys": [self._key.as_dict(private=False)]}

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/oauth/jwks.json",
            "authorization_endpoint": f"{self.url}/oauth/authorize",
            "token_endpoint": self.token_endpoint,
            "response_types_supported": ["code"],
            "grant_types_supported": list(GRANTS),
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt", "none"],
            "token_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "scopes_supported": ["openid"],
        }

    def access_token(
        self, kind: str, subject: str, client_id: str, audiences: list[str], *, seconds: int | None = None, **more: Any
    ) -> tuple[str, int]:
        """The token and its seconds of life; ``more`` are claims, None leaves one out."""
        moment = int(time.time())
        seconds = self.lifetime if seconds is None else min(seconds, self.lifetime)
        claims = {
            "iss": self.url,
            "sub": subject,
            "aud": audiences,
            "iat": moment,
            "exp": moment + seconds,
            "jti": uuid.uuid4().hex,
            "client_id": client_id,
            "kind": kind,
        } | {name: value for name, value in more.items() if value is not None}
        return self._sign("at+jwt", claims), seconds

    def id_token(self, subject: str, client_id: str, nonce: str | None) -> str:
        moment = int(time.time())
        claims = {"iss": self.url, "sub": subject, "aud": client_id, "iat": moment, "exp": moment + self.lifetime}
        claims |= {"auth_time": moment} | ({"nonce": nonce} if nonce else {})
        return self._sign("JWT", claims)

    def own_claims(self, token: str) -> dict[str, Any]:
        """The claims of an access token that was signed here and is still good; OAuthRefusal otherwise."""
        try:
            decoded = jwt.decode(token, self._keys, algorithms=[ALGORITHM])
            if decoded.header.get("typ") != "at+jwt":
                raise OAuthRefusal("invalid_grant", "The subject token is no access token.")
            JWTClaimsRegistry(iss={"essential": True, "value": self.url}, exp={"essential": True}).validate(
                decoded.claims
            )
        except (JoseError, ValueError, TypeError) as error:
            raise OAuthRefusal("invalid_grant", "The subject token is not good.") from error
        return decoded.claims

    def _sign(self, typ: str, claims: dict[str, Any]) -> str:
        header = {"alg": ALGORITHM, "typ": typ, "kid": self._key.kid}
        return jwt.encode(header, claims, self._key, algorithms=[ALGORITHM])
