"""Nothing about a person leaves without an entry, whatever route answers: the layer around all of them.

Who is allowed to answer without one is named (operations that the contract calls public, pages); every other answer that
shows something or refuses somebody needs an entry that was noted. An answer without one is held back as EntryNotKept, a
refusal gets its entry here. A route that somebody adds and forgets shows nobody anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from onewindow_kit.access import EntryNotKept, Kept
from onewindow_kit.app import answer
from onewindow_kit.auth import Verifier, presented
from onewindow_kit.decide import OWN_WINDOW, Principal, Reason
from onewindow_kit.edge import Operation
from onewindow_kit.problems import Problem, Unauthenticated
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.access.looks import Looks
from gateway.access.noted import begin

REFUSALS = (403, 404)
NOBODY = (400, 401, 405, 406, 409, 411, 412, 413, 415, 422, 428, 429)
"""Answers to a request that could not be admitted or read: they say nothing about anybody. 5xx likewise."""
log = structlog.get_logger(__name__)


class Backstop:
    """ASGI middleware. ``operations`` by id as the contract has them; ``pages`` are the endpoints of public pages."""

    def __init__(
        self,
        app: ASGIApp,
        looks: Looks,
        verifier: Verifier,
        operations: Mapping[str, Operation],
        pages: frozenset[Any],
    ) -> None:
        self.app, self._looks, self._verifier = app, looks, verifier
        self._operations, self._pages = operations, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        noted = begin()
        held = False

        async def guarded(message: Message) -> None:
            nonlocal held
            if held:
                return
            if message["type"] == "http.response.start":
                try:
                    await self._check(scope, message, noted)
                except Problem as problem:
                    held = True
                    await answer(problem)(scope, receive, send)
                    return
                if noted:
                    headers = MutableHeaders(scope=message)
                    for name, value in noted[0].headers.items():
                        headers[name] = value
            await send(message)

        await self.app(scope, receive, guarded)

    async def _check(self, scope: Scope, message: Message, noted: list[Kept]) -> None:
        status = message["status"]
        if noted or status in NOBODY or status >= 500 or self._shows_nobody(scope, status):
            return
        operation = getattr(scope.get("route"), "operation_id", None) or "unknown"
        caller = self._caller(scope)
        if status in REFUSALS and caller is not None:
            own = status == 403 and caller.kind not in OWN_WINDOW
            reason = Reason.NOT_OWN if own else "forbidden" if status == 403 else "not-found"
            await self._looks.refused(caller, operation, "refused" if status == 403 else "not-found", reason)
            return
        log.error("an answer without an entry was held back", operation=operation, status=status)
        raise EntryNotKept

    def _shows_nobody(self, scope: Scope, status: int) -> bool:
        if (endpoint := scope.get("endpoint")) is None:
            return status in REFUSALS  # there is nothing at this path
        operation = self._operations.get(getattr(scope.get("route"), "operation_id", None) or "")
        return operation.access.public if operation else endpoint in self._pages

    def _caller(self, scope: Scope) -> Principal | None:
        try:
            return self._verifier.known(presented(scope).token)
        except Unauthenticated:
            return None
