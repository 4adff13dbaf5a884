"""The outermost layer: whoever asks too much waits, before anything is parsed, looked up or relayed.

Three buckets: a person at an application (verified tokens), an address without a token (public pages), and an address
that shows bad credentials. The last one closes the door before a signature is checked, so that guessing costs the guesser
more than us; tokens verified before pass it, so that a neighbour behind the same address is not locked out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from onewindow_kit.app import answer
from onewindow_kit.auth import Verifier
from onewindow_kit.decide import Principal
from onewindow_kit.problems import TooManyRequests, Unauthenticated
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.limits.buckets import Buckets

PRIVATE = "private, no-cache"
PERSONAL = ("/v1/me/", "/v1/views")
HOT = "/v1/me/view"


class Border:
    """ASGI middleware around the whole gateway, hot path included.

    ``clients`` holds a bucket a client and person, and one an address without a token; ``failures`` one an address.
    """

    def __init__(self, app: ASGIApp, verifier: Verifier, clients: Buckets, failures: Buckets) -> None:
        self.app, self._verifier = app, verifier
        self._clients, self._failures = clients, failures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        token = _token(scope)
        caller = self._known(token) if token else None
        if caller is not None:
            wait = self._clients.take((caller.client_id, caller.subject))
        elif token is not None:
            wait = self._failures.wait(_address(scope))
        else:
            wait = self._clients.take(_address(scope))
        if wait > 0:
            refusal = TooManyRequests(headers={"Retry-After": str(math.ceil(wait))})
            return await answer(refusal)(scope, receive, send)
        if caller is not None and caller.thumbprint is None and scope["path"] == HOT:
            # Says by itself that it is private, can't be refused for its credential, and is too hot to be watched.
            return await self.app(scope, receive, send)
        await self.app(scope, receive, self._watching(scope, send))

    def _known(self, token: str) -> Principal | None:
        try:
            return self._verifier.known(token)
        except Unauthenticated:  # expired by now: the application says so
            return None

    def _watching(self, scope: Scope, send: Send) -> Send:
        personal = scope["path"].startswith(PERSONAL)

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] == 401:
                    self._failures.take(_address(scope))
                if personal and not _says(message):
                    MutableHeaders(scope=message).setdefault("Cache-Control", PRIVATE)
            await send(message)

        return watched


def _says(message: Message) -> bool:
    """Whether an answer says by itself who may keep it."""
    return any(name == b"cache-control" for name, _ in message["headers"])


def _address(scope: Scope) -> str:
    return (scope.get("client") or ("unknown",))[0]


def _token(scope: Mapping[str, object]) -> str | None:
    """The access token, "" for another kind of credential, None without any."""
    for name, value in scope["headers"]:  # type: ignore[attr-defined]  # ASGI: pairs of bytes
        if name == b"authorization":
            scheme, _, token = value.partition(b" ")
            return token.strip().decode("latin-1") if scheme.lower() in (b"bearer", b"dpop") else ""
    return None
