"""Single fields of one person, for a purpose."""

import orjson
from fastapi import APIRouter, Response
from onewindow_contracts.models import gateway as api
from onewindow_kit.edge import Caller, ContractRoute

from gateway.routes.parameters import PRIVATE, Awaited, Here
from gateway.view import tokens

router = APIRouter(route_class=ContractRoute)


@router.post("/v1/views", operation_id="readForPurpose", response_model=api.PurposeView)
async def read_for_purpose(
    caller: Caller,
    here: Here,
    wanted: api.PurposeRequest,
    awaited: Awaited = None,
) -> Response:
    """The fields that request, purpose and contract have in common."""
    look = here.looks.may_for(caller, wanted.purpose, wanted.fields)
    await here.view.wait(tokens.parse(awaited))
    subject = await here.agencies.subject(caller, wanted.subject.model_dump())
    view = here.agencies.read(look, subject)
    await here.looks.answered(caller, subject, look)
    return Response(orjson.dumps(view), media_type="application/json", headers=PRIVATE)
