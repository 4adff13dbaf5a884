"""Problems and ids of what is answered before any framework."""

from __future__ import annotations

import re
from typing import Final

from onewindow_kit.access import AccessLog
from onewindow_kit.app import answer
from onewindow_kit.problems import Problem
from onewindow_kit.telemetry import correlation_id
from starlette.datastructures import MutableHeaders
from starlette.types import Message, Receive, Scope, Send

_CORRELATION: Final = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def correlation_of(given: bytes | None, entries: AccessLog) -> bytes:
    """The id that the caller gave the request, else a new one."""
    return given if given is not None and _CORRELATION.fullmatch(given) else entries.correlation()


async def refuse(problem: Problem, correlation: bytes, scope: Scope, receive: Receive, send: Send) -> int:
    """Answer ``problem`` under this correlation id; its status."""
    current = correlation.decode()
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
