"""Where the keys that sign tokens come from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

FetchKeys = Callable[[], Awaitable[dict[str, Any]]]


def issuer_keys(issuer_url: str, client: httpx.AsyncClient) -> FetchKeys:
    """A fetcher of the JWK Set that the issuer's discovery document (OpenID Connect Discovery 1.0) names."""

    async def fetch() -> dict[str, Any]:
        discovery = await client.get(f"{issuer_url.rstrip('/')}/.well-known/openid-configuration")
        keys = await client.get(discovery.raise_for_status().json()["jwks_uri"])
        return keys.raise_for_status().json()

    return fetch
