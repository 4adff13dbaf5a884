"""A client's access token: asked for by private_key_jwt (RFC 7523), kept until shortly before it expires."""

from __future__ import annotations

import asyncio
import time
import uuid
from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey

from onewindow_kit.problems import Unavailable

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EARLY = 30
"""Seconds before its end at which a token is no longer used."""


class Credential:
    """Client-credentials tokens of one client; safe to share between tasks.

    ``issuer``: where discovery is (``<issuer>/.well-known/openid-configuration``); ``key``: the client's private JWK.
    For services: an office's token is bound to a key and proven at each request (``onewindow_kit.dpop``).
    """

    def __init__(self, http: httpx.AsyncClient, *, issuer: str, client_id: str, key: dict[str, Any]) -> None:
        self._http = http
        self._issuer = issuer.rstrip("/")
        self._client_id = client_id
        self._key = ECKey.import_key(key)
        self._endpoint: str | None = None
        self._token = ""
        self._until = 0.0
        self._turn = asyncio.Lock()

    async def token(self) -> str:
        """An access token good for at least half a minute; Unavailable when the issuer gives none."""
        if time.monotonic() < self._until:
            return self._token
        async with self._turn:
            if time.monotonic() >= self._until:
                await self._fetch()
            return self._token

    def drop(self) -> None:
        """Forget the token: a server refused it (keys rotated, clocks apart)."""
        self._until = 0.0

    async def _fetch(self) -> None:
        try:
            endpoint = await self._discovered()
            form = {
                "grant_type": "client_credentials",
                "client_assertion_type": ASSERTION,
                "client_assertion": self._assertion(endpoint),
            }
            answer = await self._http.post(endpoint, data=form)
            answer.raise_for_status()
            body = answer.json()
            self._token = body["access_token"]
            self._until = time.monotonic() + max(float(body.get("expires_in", 60)) - EARLY, 1.0)
        except (httpx.HTTPError, KeyError, ValueError, TypeError) as error:
            self._endpoint = None
            raise Unavailable("The issuer gave this service no access token.", retry_after=2) from error

    async def _discovered(self) -> str:
        if self._endpoint is not None:
            return self._endpoint
        answer = await self._http.get(f"{self._issuer}/.well-known/openid-configuration")
        answer.raise_for_status()
        self._endpoint = endpoint = str(answer.json()["token_endpoint"])
        return endpoint

    def _assertion(self, audience: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self._client_id,
            "sub": self._client_id,
            "aud": audience,
            "iat": now,
            "exp": now + 60,
            "jti": str(uuid.uuid4()),
        }
        header = {"alg": "ES256", "typ": "JWT", "kid": self._key.kid}
        return jwt.encode(header, claims, self._key, algorithms=["ES256"])
