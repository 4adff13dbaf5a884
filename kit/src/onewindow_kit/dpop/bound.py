"""A bound token and its key, as an HTTP client sends them: each request with a proof of its own."""

from __future__ import annotations

from collections.abc import Generator

import httpx

from onewindow_kit.dpop.prover import Prover


class Bound(httpx.Auth):
    """``httpx.AsyncClient(auth=Bound(token, prover))``; a request that is sent again is proven again."""

    def __init__(self, token: str, prover: Prover) -> None:
        self.token, self.prover = token, prover

    def headers(self, method: str, url: str) -> dict[str, str]:
        """For one request of any other client."""
        return self.prover.headers(method, url, self.token)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers.update(self.headers(request.method, str(request.url)))
        yield request
