"""What a request presents: a token by its scheme, and where the token is bound to a key, the proof for this request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onewindow_kit.problems import Unauthenticated

SCHEMES = ("bearer", "dpop")


@dataclass(frozen=True, slots=True)
class Presented:
    """``origin`` is what the caller says whom it asked (scheme and Host); ``path`` is as it came, without the query."""

    scheme: str
    token: str
    proof: str | None
    method: str
    origin: str
    path: str


def presented(scope: Mapping[str, Any]) -> Presented:
    """Of an ASGI scope; Unauthenticated without a token (RFC 6750 2.1, RFC 9449 7.1)."""
    authorization = proof = host = None
    for name, value in scope["headers"]:
        if name == b"authorization":
            # The first of several, everywhere: limits and routes must not judge different tokens.
            authorization = value if authorization is None else authorization
        elif name == b"dpop":
            # Several are none: joined they are no JWT (RFC 9449 4.3, 1).
            proof = value if proof is None else proof + b"," + value
        elif name == b"host":
            host = value
    scheme, token = credentials(authorization.decode("latin-1") if authorization is not None else None)
    path = scope.get("raw_path") or scope["path"].encode()
    return Presented(
        scheme,
        token,
        None if proof is None else proof.decode("latin-1"),
        scope["method"],
        f"{scope.get('scheme', 'http')}://{(host or b'').decode('latin-1')}",
        path.decode("latin-1"),
    )


def credentials(authorization: str | None) -> tuple[str, str]:
    """Scheme (``bearer`` or ``dpop``) and token of an ``Authorization`` header; Unauthenticated without one."""
    scheme, _, token = (authorization or "").partition(" ")
    scheme, token = scheme.lower(), token.strip()
    if scheme not in SCHEMES or not token or not token.isascii():
        raise Unauthenticated
    return scheme, token


def bearer(authorization: str | None) -> str:
    """The token of an ``Authorization`` header (RFC 6750); Unauthenticated without one."""
    scheme, token = credentials(authorization)
    if scheme != "bearer":
        raise Unauthenticated
    return token
