"""Notices over HTTP, and whose a record is that a split left open."""

import orjson
from fastapi import APIRouter, Response
from onewindow_contracts.models import oversight_notices as api
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, Session

from oversight.routes.answers import JSON, NO_STORE, RecordUrn, TheDesk
from oversight.service import notices, persons
from oversight.service.desk import orderer

router = APIRouter(route_class=ContractRoute)


@router.post("/v1/notices", operation_id="sendNotices", status_code=201, response_model=api.NoticesSent)
async def send(
    body: api.NoticeOrder, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    orderer(caller).require_named()
    said = body.model_dump(mode="json")
    addressees = said.pop("addressees")
    sent = await notices.send(desk, session, addressees, said)
    return Response(orjson.dumps({"sent": sent}), 201, NO_STORE, JSON)


@router.post("/v1/parted-records/{urn}/assignments", operation_id="assignPartedRecord", status_code=204)
async def assign(
    urn: RecordUrn, body: api.PartedAssignment, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    orderer(caller).require_named()
    await persons.assign(desk, session, urn, body.side)
    return Response(status_code=204)
