"""The one module that speaks HTTP to departments and to the issuer; off the hot path on purpose.

Each neighbour has its own small pool: one that hangs fills its own pool, and callers of the others notice nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx
import structlog
from onewindow_kit.problems import Unavailable
from onewindow_kit.telemetry import new_correlation_id

log = structlog.get_logger(__name__)
ANSWER_LIMIT = 4_000_000  # bytes; no command answers more


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Neighbour:
    """One HTTP service beside the gateway. ``name`` stands in logs; ``url`` is its base."""

    def __init__(self, name: str, url: str, *, timeout: float = 10, connections: int = 64) -> None:
        self.name, self.url = name, url
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=httpx.Timeout(timeout, pool=1),
            limits=httpx.Limits(max_connections=connections, max_keepalive_connections=connections),
            follow_redirects=False,
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        content: bytes | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request with a correlation id of its own; Unavailable when no whole answer comes back."""
        sent = {"Correlation-Id": new_correlation_id(), **(headers or {})}
        try:
            async with self._client.stream(
                method, path, headers=sent, params=query or None, content=content, data=form
            ) as response:
                body = b""
                async for piece in response.aiter_bytes():
                    body += piece
                    if len(body) > ANSWER_LIMIT:
                        raise Unavailable("A department answered more than can be passed on.")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            log.warning("neighbour does not answer", neighbour=self.name, error=type(error).__name__)
            raise Unavailable("The department that answers for this does not answer.", retry_after=2) from error
        return Answer(response.status_code, {name.lower(): value for name, value in response.headers.items()}, body)
