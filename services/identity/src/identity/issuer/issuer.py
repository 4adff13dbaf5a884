"""Signing: access tokens (RFC 9068) and identity tokens under identity's issuer key, and the documents about it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet
from joserfc.jwt import JWTClaimsRegistry
from onewindow_contracts.purposes import Purpose
from onewindow_kit.auth.claims import LIFETIME, LOOK
from onewindow_kit.dpop import ALGORITHMS as PROOF_ALGORITHMS
from onewindow_kit.dpop import Proofs
from onewindow_kit.keyring import IssuerKeys
from onewindow_kit.problems import ProofInvalid, ProofReplayed
from onewindow_kit.revocations import Revocations

from identity.issuer.clients import Clients
from identity.issuer.errors import OAuthRefusal
from identity.issuer.people import SamplePeople

ALGORITHM = "ES256"
ASSERTION_ALGORITHMS = ["ES256", "EdDSA"]
GRANTS = ("authorization_code", "client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange")


class Issuer:
    """``url`` is the ``iss`` and where the endpoints are; ``keys`` gives those that sign
    and verify as they are now; ``purposes`` gives the
    register as it is now. ``proofs`` and ``revocations`` are those of the process's own verifier."""

    def __init__(
        self,
        url: str,
        keys: Callable[[], IssuerKeys],
        clients: Clients,
        people: SamplePeople,
        *,
        purposes: Callable[[], Mapping[str, Purpose]],
        proofs: Proofs,
        revocations: Revocations | None = None,
        lifetime: int = LIFETIME,
    ) -> None:
        self.url = url.rstrip("/")
        self.clients, self.people, self.lifetime, self.purposes = clients, people, lifetime, purposes
        self._proofs, self._revocations = proofs, revocations
        self._keys, self._imported = keys, dict[str, ECKey]()

    @property
    def token_endpoint(self) -> str:
        return f"{self.url}/oauth/token"

    async def key_set(self) -> dict[str, Any]:
        """The public JWK Set, also for verifiers in this process."""
        return {"keys": [self._key(jwk).as_dict(private=False) for jwk in self._keys().known]}

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
            "dpop_signing_alg_values_supported": list(PROOF_ALGORITHMS),
            "authorization_details_types_supported": [LOOK],
        }

    def key_proven(self, proof: str | None, *, required: bool) -> str | None:
        """The thumbprint of the key that a token is to be bound to; OAuthRefusal ``invalid_dpop_proof``."""
        if proof is None and not required:
            return None
        try:
            return self._proofs.check(proof or "", method="POST", url=self.token_endpoint)
        except (ProofInvalid, ProofReplayed) as refusal:
            said = (
                refusal.detail or refusal.title if proof else "An office's token is bound to a key: send a header DPoP."
            )
            raise OAuthRefusal("invalid_dpop_proof", said) from refusal

    def refuse_revoked(self, client: str, organisation: str | None, officer: str | None, key: str | None) -> None:
        """OAuthRefusal for a client, officer or key that was revoked; RevocationsUnknown while nobody can say."""
        if self._revocations is not None and self._revocations.revokes(client, organisation, officer, key):
            raise OAuthRefusal("invalid_client", "This credential was revoked.")

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
            decoded = jwt.decode(token, KeySet([self._key(jwk) for jwk in self._keys().known]), algorithms=[ALGORITHM])
            if decoded.header.get("typ") != "at+jwt":
                raise OAuthRefusal("invalid_grant", "The subject token is no access token.")
            JWTClaimsRegistry(iss={"essential": True, "value": self.url}, exp={"essential": True}).validate(
                decoded.claims
            )
        except (JoseError, ValueError, TypeError) as error:
            raise OAuthRefusal("invalid_grant", "The subject token is not good.") from error
        return decoded.claims

    def _sign(self, typ: str, claims: dict[str, Any]) -> str:
        key = self._key(self._keys().signing)
        return jwt.encode({"alg": ALGORITHM, "typ": typ, "kid": key.kid}, claims, key, algorithms=[ALGORITHM])

    def _key(self, jwk: dict[str, Any]) -> ECKey:
        known = self._imported.get(jwk["kid"])
        if known is None:
            known = self._imported[jwk["kid"]] = ECKey.import_key(jwk)
        return known
