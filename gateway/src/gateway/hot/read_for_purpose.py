"""``POST /v1/views`` in plain ASGI: an agency's look costs a signature, a decision and an entry; a framework would double it.

Whatever is not this one request goes on to the application behind, which declares the operation with its access rule and
contract.
"""

from __future__ import annotations

import time
from typing import Final

import orjson
import structlog
from onewindow_contracts.models import gateway as api
from onewindow_kit.app import places
from onewindow_kit.auth import Verifier, presented
from onewindow_kit.problems import (
    BodyTooLarge,
    Internal,
    InvalidRequest,
    MalformedRequest,
    Problem,
    UnsupportedMediaType,
)
from onewindow_kit.telemetry import LATENCY, REQUESTS, correlation_id
from pydantic import ValidationError
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.agencies.views import PurposeViews, Request
from gateway.hot.refusing import correlation_of, refuse
from gateway.view import tokens

PATH: Final = "/v1/views"
OPERATION: Final = "readForPurpose"
_JSON: Final = (b"content-type", b"application/json")
_PRIVATE: Final = (b"cache-control", b"private, no-cache")
log = structlog.get_logger(__name__)
_latency = LATENCY.labels(OPERATION)
_answered = REQUESTS.labels(OPERATION, "200")


class ReadForPurpose:
    """ASGI middleware in front of ``app``; ``body_limit`` is in bytes."""

    def __init__(self, app: ASGIApp, verifier: Verifier, views: PurposeViews, *, body_limit: int) -> None:
        self.app, self._verifier, self._views, self._body_limit = app, verifier, views, body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "POST":
            return await self.app(scope, receive, send)
        started = time.perf_counter()
        heads = dict(scope["headers"])
        correlation = correlation_of(heads.get(b"correlation-id"), self._views.entries)
        reset = correlation_id.set(correlation.decode())
        try:
            body, entry = await self._answer(scope, heads, receive, correlation)
        except Problem as problem:
            status = await refuse(problem, correlation, scope, receive, send)
        except Exception as error:
            log.error("request failed", operation=OPERATION, error=type(error).__name__, exc_info=error)
            status = await refuse(Internal(), correlation, scope, receive, send)
        else:
            status = 200
            headers = [
                _JSON,
                (b"content-length", b"%d" % len(body)),
                _PRIVATE,
                (b"onewindow-entry", entry),
                (b"correlation-id", correlation),
            ]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})
        finally:
            correlation_id.reset(reset)
        (_answered if status == 200 else REQUESTS.labels(OPERATION, str(status))).inc()
        _latency.observe(time.perf_counter() - started)

    async def _answer(
        self, scope: Scope, heads: dict[bytes, bytes], receive: Receive, correlation: bytes
    ) -> tuple[bytes, bytes]:
        shown = presented(scope)
        caller = self._verifier.admitted(shown) or await self._verifier.admit(shown)
        if caller.kind != "agency":
            raise await self._views.not_an_agency(caller, correlation)
        asked = parsed(heads.get(b"content-type", b""), await self._read(receive))
        request = Request(
            asked.purpose,
            asked.subject.__dict__,
            tuple(asked.fields),
            tuple(tokens.read(heads.get(b"onewindow-version"))),
            correlation,
        )
        answer = await self._views.answer(caller, request)
        await answer.kept
        return answer.body, answer.entry

    async def _read(self, receive: Receive) -> bytes:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > self._body_limit:
                raise BodyTooLarge(f"This service takes {self._body_limit} bytes.")
            if message["type"] == "http.disconnect" or not message.get("more_body"):
                return body


def parsed(media_type: bytes, body: bytes) -> api.PurposeRequest:
    """The request as the contract has it; UnsupportedMediaType, MalformedRequest or InvalidRequest."""
    if body and media_type.partition(b";")[0].strip().lower() != b"application/json":
        raise UnsupportedMediaType
    try:
        content = orjson.loads(body) if body else None
    except orjson.JSONDecodeError as error:
        raise MalformedRequest from error
    try:
        return api.PurposeRequest.model_validate(content)
    except ValidationError as error:
        found = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        raise InvalidRequest(errors=places(found)) from error
