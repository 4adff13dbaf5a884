"""What the state holds on me: long series and history. The window itself is answered by ``gateway.hot``."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Response
from onewindow_contracts.models import gateway as api
from onewindow_kit.edge import Caller, ContractRoute
from onewindow_kit.problems import Unavailable

from gateway.access.looks import WHOLE
from gateway.routes.parameters import PRIVATE, Awaited, Here, IfNoneMatch
from gateway.view import tokens

router = APIRouter(route_class=ContractRoute)
SECTIONS = r"^[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*$"
FIELD = r"[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*\.[a-z][a-z0-9_]*"
FIELDS = rf"^{FIELD}(,{FIELD})*$"
RECORD_TYPE = r"^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$"


@router.get("/v1/me/view", operation_id="readView", response_model=api.View)
async def read_view(
    caller: Caller,
    sections: Annotated[str | None, Query(max_length=500, pattern=SECTIONS)] = None,
    fields: Annotated[str | None, Query(max_length=4000, pattern=FIELDS)] = None,
    awaited: Awaited = None,
    known: IfNoneMatch = None,
) -> Response:
    """Declared here for whoever walks the routes; ``gateway.hot`` answers before this application is asked."""
    raise Unavailable("The view is answered elsewhere.")


@router.get("/v1/me/records", operation_id="listRecords", response_model=api.RecordPage)
async def list_records(
    caller: Caller,
    here: Here,
    kind: Annotated[str, Query(alias="type", max_length=100, pattern=RECORD_TYPE)],
    cursor: Annotated[str | None, Query(min_length=1, max_length=1000, pattern=r"^[A-Za-z0-9_-]+$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    awaited: Awaited = None,
) -> Response:
    """One page of the records of one type, ended ones and history included."""
    here.looks.may(caller)
    await here.view.wait(tokens.parse(awaited))
    subject = here.view.current(caller.subject)
    records, following = here.view.records(subject, kind, cursor, limit)
    await here.looks.own(caller, "listRecords", subject, {kind: WHOLE})
    body = b'{"type":%b,"items":[%b],"next":%b}' % (orjson.dumps(kind), b",".join(records), orjson.dumps(following))
    return Response(body, media_type="application/json", headers=PRIVATE)
