"""``GET /v1/me/view``: a token known by now, three look-ups, three seals opened, bytes joined.

Plain ASGI, because a framework's part of an answer would cost more than everything else in it. Whatever is not this one
request goes on to the application behind, which declares the operation with its access rule and contract.
"""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from onewindow_kit.app import answer
from onewindow_kit.auth import Verifier, bearer
from onewindow_kit.decide import OWN_WINDOW, Principal
from onewindow_kit.problems import Forbidden, Internal, InvalidRequest, Problem
from onewindow_kit.telemetry import LATENCY, REQUESTS, correlation_id, new_correlation_id
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.hot.query import EVERYTHING, Wanted, read, reduce
from gateway.view import View, tokens

PATH: Final = "/v1/me/view"
OPERATION: Final = "readView"
_CORRELATION: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_JSON: Final = (b"content-type", b"application/json")
_PRIVATE: Final = (b"cache-control", b"private, no-cache")

May = Callable[[Principal], object]
Answered = Callable[[Principal, str], Awaitable[object]]

log = structlog.get_logger(__name__)
_latency = LATENCY.labels(OPERATION)
_answered = {status: REQUESTS.labels(OPERATION, str(status)) for status in (200, 304)}


def own_window_only(caller: Principal) -> None:
    """The operation's access rule: `citizen`, and who represents an organisation."""
    if caller.kind not in OWN_WINDOW:
        raise Forbidden


class ReadView:
    """ASGI middleware in front of ``app``.

    ``may``: called before anything is read, may raise a Problem. ``answered``: awaited once what leaves is known and
    before it does, with the caller and the subject; a Problem from it keeps the answer back.
    """

    def __init__(
        self,
        app: ASGIApp,
        view: View,
        verifier: Verifier,
        *,
        may: May = own_window_only,
        answered: Answered | None = None,
    ) -> None:
        self.app, self._view, self._verifier = app, view, verifier
        self._may, self._answered = may, answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "GET":
            return await self.app(scope, receive, send)
        started = time.perf_counter()
        try:
            status, headers, body = await self._read(scope)
        except Problem as problem:
            status = await self._refuse(problem, scope, receive, send)
        except Exception as error:
            log.error("request failed", operation=OPERATION, error=type(error).__name__, exc_info=error)
            status = await self._refuse(Internal(), scope, receive, send)
        else:
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})
        counter = _answered.get(status)
        (counter or REQUESTS.labels(OPERATION, str(status))).inc()
        _latency.observe(time.perf_counter() - started)

    async def _read(self, scope: Scope) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        authorization = known = awaited = None
        for name, value in scope["headers"]:
            if name == b"authorization":
                # The first of several, as for the limits and every other route: they must not judge different tokens.
                authorization = value if authorization is None else authorization
            elif name == b"if-none-match":
                known = value if known is None else known + b"," + value
            elif name == b"onewindow-version":
                awaited = value if awaited is None else awaited + b"," + value
        token = bearer(authorization.decode("latin-1") if authorization is not None else None)
        caller = self._verifier.known(token)
        if caller is None:
            caller = await self._verifier.verify(token)
        self._may(caller)
        view = self._view
        query = scope["query_string"]
        wanted = read(query, view.frame) if query else EVERYTHING
        if awaited is not None:
            await self._wait(awaited)
        window = view.window(caller.subject, wanted.sections)
        etag = b'W/"%b"' % window.etag.encode()
        if known is not None and matches(known, etag):
            if self._answered is not None:
                await self._answered(caller, caller.subject)
            return 304, [(b"etag", etag), _PRIVATE], b""
        body = self._body(window.heads, view.tails(window), wanted)
        if self._answered is not None:
            await self._answered(caller, caller.subject)
        return 200, [_JSON, (b"content-length", b"%d" % len(body)), (b"etag", etag), _PRIVATE], body

    async def _wait(self, awaited: bytes) -> None:
        if len(awaited) > 6000:
            raise InvalidRequest(errors=[{"path": tokens.HEADER, "reason": "string_too_long"}])
        await self._view.wait(tokens.parse(awaited.decode("latin-1")))

    @staticmethod
    def _body(heads: list[bytes], tails: list[bytes], wanted: Wanted) -> bytes:
        sections = [head + tail for head, tail in zip(heads, tails, strict=True)]
        if wanted.fields is not None:
            sections = [reduce(section, wanted.fields) for section in sections]
        return b'{"sections":[%b]}' % b",".join(sections)

    @staticmethod
    async def _refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> int:
        given = dict(scope["headers"]).get(b"correlation-id", b"").decode("latin-1")
        current = given if _CORRELATION.fullmatch(given) else new_correlation_id()
        reset = correlation_id.set(current)

        async def give(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Correlation-Id"] = current
                headers["Cache-Control"] = "private, no-cache"
            await send(message)

        try:
            await answer(problem)(scope, receive, give)
        finally:
            correlation_id.reset(reset)
        return problem.status


def matches(known: bytes, etag: bytes) -> bool:
    """If-None-Match by weak comparison (RFC 9110, 13.1.2)."""
    if known.strip() == b"*":
        return True
    opaque = etag.removeprefix(b"W/")
    return any(each.strip().removeprefix(b"W/") == opaque for each in known.split(b","))
