"""Answers: a record leaves as the envelope that was published, with its version as ETag."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from onewindow_contracts.common import CursorText, Urn
from onewindow_kit.decide import Principal
from onewindow_kit.edge import etag
from onewindow_kit.pages import LIMIT_DEFAULT, LIMIT_MAX
from onewindow_kit.problems import Forbidden
from onewindow_kit.records import Record

from transport.service.desk import Desk

NO_STORE = {"Cache-Control": "no-store"}
JSON = "application/json"
SECTOR = "transport"


async def _desk(request: Request) -> Desk:
    return request.app.state.desk


TheDesk = Annotated[Desk, Depends(_desk)]
RecordUrn = Annotated[Urn, "a record's URN in the path"]
Cursor = Annotated[CursorText | None, Query()]
Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX)]
LIMIT = LIMIT_DEFAULT
Handler = Callable[..., Any]


def own(caller: Principal) -> str:
    """The caller's pseudonym in this sector; a token that the gateway exchanged for another sector is not for here."""
    if caller.sector != SECTOR:
        raise Forbidden
    return caller.subject


def changed(record: Record) -> Response:
    """A record's new state."""
    return Response(record.data, headers=NO_STORE | {"ETag": etag(record.version)}, media_type=JSON)


def created(record: Record, path: str) -> Response:
    """A new record; ``path`` is its collection."""
    headers = NO_STORE | {"ETag": etag(record.version), "Location": f"{path}/{record.urn}"}
    return Response(record.data, 201, headers, JSON)


def found(envelope: bytes, version: int) -> Response:
    return Response(envelope, headers=NO_STORE | {"ETag": etag(version)}, media_type=JSON)


def page(body: bytes) -> Response:
    return Response(body, headers=NO_STORE, media_type=JSON)
