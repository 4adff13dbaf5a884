"""Answers, and who a command is for."""

from collections.abc import Callable
from typing import Annotated, Any

import orjson
from fastapi import Depends, Query, Request, Response
from onewindow_contracts.common import AuthorityId, CursorText, Urn
from onewindow_kit.decide import Principal
from onewindow_kit.edge import etag
from onewindow_kit.pages import LIMIT_DEFAULT, LIMIT_MAX
from onewindow_kit.problems import Forbidden

from oversight.service.desk import Desk

NO_STORE = {"Cache-Control": "no-store"}
JSON = "application/json"
SECTOR = "oversight"


async def _desk(request: Request) -> Desk:
    return request.app.state.desk


TheDesk = Annotated[Desk, Depends(_desk)]
RecordUrn = Annotated[Urn, "a record's URN in the path"]
Cursor = Annotated[CursorText | None, Query()]
Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX)]
Office = Annotated[AuthorityId | None, Query()]
Escalated = Annotated[bool | None, Query()]
LIMIT = LIMIT_DEFAULT
Handler = Callable[..., Any]


def own(caller: Principal) -> str:
    """The caller's pseudonym in this sector; a token that was exchanged for another sector is not for here."""
    if caller.sector != SECTOR:
        raise Forbidden
    return caller.subject


def answer(body: dict[str, Any], status: int = 200) -> Response:
    """The state after a command, or one that was read: its version is the ETag."""
    return Response(orjson.dumps(body), status, NO_STORE | {"ETag": etag(body["version"])}, JSON)


def listed(body: dict[str, Any]) -> Response:
    return Response(orjson.dumps(body), headers=NO_STORE, media_type=JSON)
