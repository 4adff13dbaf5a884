"""An issuer of access tokens for tests: its own key, the product's claims."""

from __future__ import annotations

import time
import uuid
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from onewindow_kit.auth import Verifier
from onewindow_kit.auth.claims import LOOK


class TokenIssuer:
    """Mints tokens and gives verifiers that trust them; ``url`` is the ``iss``."""

    def __init__(self, url: str = "http://issuer.test", instance: str = "demo") -> None:
        self.url, self.instance = url, instance
        self.key = ECKey.generate_key("P-256", {"kid": uuid.uuid4().hex, "use": "sig", "alg": "ES256"})

    async def keys(self) -> dict[str, Any]:
        """The JWK Set, as a Verifier fetches it."""
        return KeySet([self.key]).as_dict(private=False)  # type: ignore[return-value]  # a JWK Set is a dict

    def verifier(self, audience: str, **how: Any) -> Verifier:
        """Trusts this issuer; ``how`` as of ``Verifier``: without, bearer tokens pass and nothing is ever revoked."""
        return Verifier(self.url, audience, self.keys, **how)

    def token(
        self, kind: str, subject: str, *audiences: str, header: dict[str, Any] | None = None, **claims: Any
    ) -> str:
        """A token of ``kind`` for ``audiences``; ``claims`` override or add, None removes one."""
        moment = int(time.time())
        payload = {
            "iss": self.url,
            "sub": subject,
            "aud": list(audiences),
            "iat": moment,
            "exp": moment + 600,
            "jti": uuid.uuid4().hex,
            "client_id": subject if kind in ("agency", "service", "operator") else "onewindow-cli",
            "kind": kind,
        } | claims
        protected = {"alg": "ES256", "typ": "at+jwt", "kid": self.key.kid} | (header or {})
        kept = {name: value for name, value in payload.items() if value is not None}
        return jwt.encode(protected, kept, self.key)

    def agency(
        self,
        name: str,
        *audiences: str,
        sector: str,
        purpose: str | None = None,
        case: str | None = None,
        officer: str | None = None,
        key: str | None = None,
        **claims: Any,
    ) -> str:
        """A token of the authority with local ``name``, e.g. ``title-registry`` in sector ``housing``.

        ``purpose`` and ``case`` are bound in it; ``officer`` acts; ``key`` is the thumbprint that it is bound to.
        """
        authority = f"{self.instance}.{name}"
        stated = {"type": LOOK, "purpose": purpose} | ({"case": case} if case is not None else {})
        bound = {
            "authority": authority,
            "sector": sector,
            "authorization_details": None if purpose is None else [stated],
            "act": None if officer is None else {"sub": officer},
            "cnf": None if key is None else {"jkt": key},
        }
        return self.token("agency", authority, *audiences, **bound | claims)

    def citizen(self, pseudonym: str, audience: str, **claims: Any) -> str:
        """A citizen's token: ``pseudonym`` of the sector that it begins with."""
        return self.token("citizen", pseudonym, audience, sector=pseudonym.split(".")[0], **claims)

    def representative(self, organisation: str, audience: str, actor: str = "gateway", **claims: Any) -> str:
        """A token of who acts for ``organisation`` (its pseudonym of the audience's sector)."""
        bound = {"sector": organisation.split(".")[0], "act": {"sub": actor}} | claims
        return self.token("representative", organisation, audience, **bound)

    def service(self, name: str, *audiences: str, **claims: Any) -> str:
        return self.token("service", name, *audiences, sector=name, **claims)
