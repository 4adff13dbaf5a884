"""``GET /v1/me/view``: a token known by now, three look-ups, three seals opened, bytes joined.

Plain ASGI, because a framework's part of an answer would cost more than everything else in it. Whatever is not this one
request goes on to the application behind, which declares the operation with its access rule and contract.
"""

from __future__ import annotations

import time
from typing import Final

import structlog
from onewindow_kit.access import AccessLog, Seen
from onewindow_kit.access.log import HEADER
from onewindow_kit.auth import Verifier, presented
from onewindow_kit.decide import OWN_WINDOW, Principal, Reason
from onewindow_kit.problems import Forbidden, Internal, Problem
from onewindow_kit.telemetry import LATENCY, REQUESTS
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.hot.own_entries import OPERATION as NAMED
from gateway.hot.own_entries import OwnEntries
from gateway.hot.query import EVERYTHING, Wanted, read, reduce
from gateway.hot.refusing import correlation_of, refuse
from gateway.view import View, tokens

PATH: Final = "/v1/me/view"
OPERATION: Final = "readView"
_JSON: Final = (b"content-type", b"application/json")
_PRIVATE: Final = (b"cache-control", b"private, no-cache")

log = structlog.get_logger(__name__)
_latency = LATENCY.labels(OPERATION)
_answered = {status: REQUESTS.labels(OPERATION, str(status)) for status in (200, 304)}


class ReadView:
    """ASGI middleware in front of ``app``. What leaves leaves under an acknowledged entry of ``entries``."""

    def __init__(self, app: ASGIApp, view: View, verifier: Verifier, entries: AccessLog) -> None:
        self.app, self._view, self._verifier, self._entries = app, view, verifier, entries
        self._own = OwnEntries(entries.instance, view)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "GET":
            return await self.app(scope, receive, send)
        started = time.perf_counter()
        known = awaited = given = None
        for name, value in scope["headers"]:
            if name == b"if-none-match":
                known = value if known is None else known + b"," + value
            elif name == b"onewindow-version":
                awaited = value if awaited is None else awaited + b"," + value
            elif name == b"correlation-id":
                given = value
        correlation = correlation_of(given, self._entries)
        try:
            status, headers, body = await self._read(scope, known, awaited, correlation)
        except Problem as problem:
            status = await refuse(problem, correlation, scope, receive, send)
        except Exception as error:
            log.error("request failed", operation=OPERATION, error=type(error).__name__, exc_info=error)
            status = await refuse(Internal(), correlation, scope, receive, send)
        else:
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})
        counter = _answered.get(status)
        (counter or REQUESTS.labels(OPERATION, str(status))).inc()
        _latency.observe(time.perf_counter() - started)

    async def _read(
        self, scope: Scope, known: bytes | None, awaited: bytes | None, correlation: bytes
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        shown = presented(scope)
        caller = self._verifier.admitted(shown) or await self._verifier.admit(shown)
        if caller.kind not in OWN_WINDOW:
            raise await self._not_own(caller, correlation)
        view = self._view
        query = scope["query_string"]
        wanted = read(query, view.frame) if query else EVERYTHING
        if awaited is not None:
            await self._view.wait(tokens.read(awaited))
        window = view.window(caller.subject, wanted.sections)
        etag = b'W/"%b"' % window.etag.encode()
        unchanged = known is not None and matches(known, etag)
        body = b"" if unchanged else self._body(window.heads, view.tails(window), wanted)
        entry, kept = self._entries.put(self._own.tail(caller, window, wanted, modified=not unchanged), correlation)
        await kept
        always = [(b"etag", etag), _PRIVATE, (b"onewindow-entry", entry), (b"correlation-id", correlation)]
        if unchanged:
            return 304, always, b""
        return 200, [_JSON, (b"content-length", b"%d" % len(body)), *always], body

    async def _not_own(self, caller: Principal, correlation: bytes) -> Problem:
        """The refusal of somebody who has no window, once its entry is kept."""
        kind = "service" if caller.kind == "service" else "look"
        seen = Seen.by(caller, kind, "refused", Reason.NOT_OWN, NAMED)
        entry, kept = self._entries.put(seen.tail(self._entries.instance, None), correlation)
        await kept
        return Forbidden(headers={HEADER: entry.decode()})

    @staticmethod
    def _body(heads: list[bytes], tails: list[bytes], wanted: Wanted) -> bytes:
        sections = [head + tail for head, tail in zip(heads, tails, strict=True)]
        if wanted.fields is not None:
            sections = [reduce(section, wanted.fields) for section in sections]
        return b'{"sections":[%b]}' % b",".join(sections)


def matches(known: bytes, etag: bytes) -> bool:
    """If-None-Match by weak comparison (RFC 9110, 13.1.2)."""
    if known.strip() == b"*":
        return True
    opaque = etag.removeprefix(b"W/")
    return any(each.strip().removeprefix(b"W/") == opaque for each in known.split(b","))
