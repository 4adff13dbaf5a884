"""Access tokens: JWTs of one issuer (RFC 9068), verified once and remembered until they expire.

Only asymmetric signatures pass (ES256, EdDSA); ``alg: none``, a foreign issuer, another audience, a token of another
type or without its claims is Unauthenticated, always with the same words.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import structlog
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from onewindow_kit.decide import Principal
from onewindow_kit.problems import Unauthenticated, Unavailable

ALGORITHMS = ["ES256", "EdDSA"]
KINDS = ("citizen", "representative", "agency", "service", "operator")
LEEWAY = 5  # seconds that two machines' clocks may differ
REFETCH = 5.0  # seconds between two fetches of the key set, so that rubbish tokens can't make us hammer the issuer

FetchKeys = Callable[[], Awaitable[dict[str, Any]]]
log = structlog.get_logger(__name__)


class Verifier:
    """Turns bearer tokens into principals for one ``audience``.

    ``fetch`` brings the issuer's JWK Set; it is asked at first use and when a token names an unknown key.
    """

    def __init__(self, issuer: str, audience: str, fetch: FetchKeys, *, remember: int = 50_000) -> None:
        self.issuer, self.audience = issuer, audience
        self._fetch, self._remember = fetch, remember
        self._keys: KeySet | None = None
        self._fetched_at = float("-inf")
        self._lock = asyncio.Lock()
        self._known: dict[str, Principal] = {}

    def known(self, token: str) -> Principal | None:
        """The principal of a token verified before, None when it has to be verified (again). Takes no lock."""
        principal = self._known.get(token)
        if principal is not None and principal.expires_at <= time.time():
            self._known.pop(token, None)
            raise Unauthenticated
        return principal

    async def verify(self, token: str) -> Principal:
        """The principal behind ``token``; Unauthenticated, or Unavailable while the issuer can't be asked."""
        if (principal := self.known(token)) is not None:
            return principal
        if len(token) > 8192:
            raise Unauthenticated
        principal = self._principal(await self._decode(token))
        if len(self._known) >= self._remember:
            for old in list(self._known)[: self._remember // 2]:
                del self._known[old]
        self._known[token] = principal
        return principal

    async def _decode(self, token: str) -> dict[str, Any]:
        keys = self._keys or await self._refresh()
        for last in (False, True):
            try:
                decoded = jwt.decode(token, keys, algorithms=ALGORITHMS)
                if str(decoded.header.get("typ", "")).lower() not in ("at+jwt", "application/at+jwt"):
                    raise Unauthenticated
                return decoded.claims
            except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as error:
                refreshed = keys if last else await self._refresh(unless_fresh=True)
                if refreshed is keys:
                    raise Unauthenticated from error
                keys = refreshed
        raise Unauthenticated

    async def _refresh(self, *, unless_fresh: bool = False) -> KeySet:
        async with self._lock:
            if self._keys is not None and (unless_fresh and time.monotonic() - self._fetched_at < REFETCH):
                return self._keys
            try:
                keys = KeySet.import_key_set(await self._fetch())  # type: ignore[arg-type]  # a JWK Set by contract
            except (httpx.HTTPError, JoseError, ValueError, KeyError) as error:
                log.warning("issuer's keys not available", issuer=self.issuer, error=type(error).__name__)
                if self._keys is not None:
                    return self._keys
                raise Unavailable("The token issuer does not answer.") from error
            self._fetched_at = time.monotonic()
            # An unchanged set is the same object, so that a wrong signature is not verified twice.
            if self._keys is None or self._keys.as_dict(private=False) != keys.as_dict(private=False):
                self._keys = keys
            return self._keys

    def _principal(self, claims: dict[str, Any]) -> Principal:
        moment = time.time()
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        expires, issued = claims.get("exp"), claims.get("iat")
        well_formed = (
            claims.get("iss") == self.issuer
            and self.audience in audiences
            and type(expires) is int
            and type(issued) is int
            and expires > moment
            and issued <= moment + LEEWAY
            and claims.get("kind") in KINDS
            and all(isinstance(claims.get(name), str) and claims[name] for name in ("sub", "jti", "client_id"))
            and all(isinstance(claims.get(name, ""), str) for name in ("sector", "authority", "purpose"))
            and (claims["kind"] != "agency" or claims.get("authority"))
            and (claims["kind"] != "representative" or _acting(claims))  # an organisation never acts by itself
        )
        if not well_formed:
            raise Unauthenticated
        return Principal(
            kind=claims["kind"],
            subject=claims["sub"],
            sector=claims.get("sector", ""),
            client_id=claims["client_id"],
            token_id=claims["jti"],
            expires_at=expires,
            authority=claims.get("authority"),
            purpose=claims.get("purpose"),
            actor=_acting(claims),
        )


def _acting(claims: dict[str, Any]) -> str | None:
    """Who acts for the subject (RFC 8693, 4.1)."""
    actor = claims.get("act")
    named = actor.get("sub") if isinstance(actor, dict) else None
    return named if isinstance(named, str) and named else None


def issuer_keys(issuer_url: str, client: httpx.AsyncClient) -> FetchKeys:
    """A fetcher of the JWK Set that the issuer's discovery document (OpenID Connect Discovery 1.0) names."""

    async def fetch() -> dict[str, Any]:
        discovery = await client.get(f"{issuer_url.rstrip('/')}/.well-known/openid-configuration")
        keys = await client.get(discovery.raise_for_status().json()["jwks_uri"])
        return keys.raise_for_status().json()

    return fetch


def bearer(authorization: str | None) -> str:
    """The token of an ``Authorization`` header (RFC 6750); Unauthenticated without one."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token or not token.isascii():
        raise Unauthenticated
    return token.strip()
