"""Bodies that can't be read are refused before anything reads them: media type, UTF-8, lone surrogates, deep nesting."""

from __future__ import annotations

import re

import orjson
from fastapi import Request

from onewindow_kit.operations import Operation
from onewindow_kit.problems import MalformedRequest, UnsupportedMediaType


async def check_body(operation: Operation, request: Request) -> None:
    """UnsupportedMediaType or MalformedRequest for a body that this operation cannot take."""
    if not operation.media_types or not (body := await request.body()):
        return
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in operation.media_types:
        raise UnsupportedMediaType
    if media_type == "application/json":
        try:
            orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise MalformedRequest from error
        if _nesting(body) > 64:
            raise MalformedRequest("The body is nested too deeply.")


def _nesting(body: bytes) -> int:
    """How deep brackets nest outside strings, for well-formed JSON."""
    if body.count(b"[") + body.count(b"{") <= 64:
        return 0
    depth = deepest = 0
    for mark in re.finditer(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', body, re.DOTALL):
        first = mark.group()[:1]
        if first in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif first in b"]}":
            depth -= 1
    return deepest
