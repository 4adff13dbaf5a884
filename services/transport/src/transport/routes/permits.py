"""Residential parking permits over HTTP: the citizen's commands and the parking office's desk."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Response
from onewindow_contracts.models import transport as api
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session, etag
from onewindow_kit.records import Record
from sqlmodel import col

from transport.routes.answers import JSON, LIMIT, NO_STORE, Cursor, Limit, RecordUrn, TheDesk, changed, found, own, page
from transport.service import permits as service
from transport.service import reading
from transport.tables import ParkingPermit

router = APIRouter(route_class=ContractRoute)
PATH = "/v1/parking-permits"


def _receipt(record: Record, status: int) -> Response:
    """A citizen's command answers without envelope: the record reaches its holder through the window."""
    state = orjson.loads(record.data)["body"]["state"]
    body = orjson.dumps({"permit": record.urn, "version": record.version, "state": state})
    return Response(body, status, NO_STORE | {"ETag": etag(record.version)}, JSON)


@router.post(PATH, operation_id="applyForParkingPermit", status_code=201, response_model=api.PermitReceipt)
async def apply(
    body: api.PermitApplication, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    record = await service.apply(desk, session, holder=own(caller), vehicle=body.vehicle, zone=body.zone)
    return _receipt(record, 201)


@router.get(PATH, operation_id="listParkingPermits", response_model=api.ParkingPermitPage)
async def list_by_state(
    session: Session,
    desk: TheDesk,
    state: Annotated[api.PermitState, Query()],
    cursor: Cursor = None,
    limit: Limit = LIMIT,
) -> Response:
    in_state = [col(ParkingPermit.state) == state]
    return page(await reading.page(desk, session, ParkingPermit, in_state, cursor, limit))


@router.get(PATH + "/{urn}", operation_id="readParkingPermit", response_model=api.ParkingPermitRecord)
async def read(urn: RecordUrn, session: Session, desk: TheDesk) -> Response:
    return found(*await reading.one(desk, session, ParkingPermit, urn))


@router.post("/v1/parking-permit-lookups", operation_id="lookUpParkingPermits", response_model=api.ParkingPermitPage)
async def look_up(
    body: api.HolderLookup, session: Session, desk: TheDesk, cursor: Cursor = None, limit: Limit = LIMIT
) -> Response:
    mine = [col(ParkingPermit.holder) == body.holder]
    return page(await reading.page(desk, session, ParkingPermit, mine, cursor, limit))


@router.post(PATH + "/{urn}/withdrawals", operation_id="withdrawParkingPermit", response_model=api.PermitReceipt)
async def withdraw(
    urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller, version: IfMatch, _key: IdempotencyKey
) -> Response:
    return _receipt(await service.withdraw(desk, session, urn, version, holder=own(caller)), 200)


@router.post(PATH + "/{urn}/decisions", operation_id="decideParkingPermit", response_model=api.ParkingPermitRecord)
async def decide(
    urn: RecordUrn, body: api.PermitRuling, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await service.decide(
        desk,
        session,
        urn,
        version,
        outcome=body.outcome,
        reason=body.reason,
        remedy=body.remedy,
        legal_basis=body.legal_basis,
    )
    return changed(record)


@router.post(PATH + "/{urn}/endings", operation_id="endParkingPermit", response_model=api.ParkingPermitRecord)
async def end(
    urn: RecordUrn, body: api.Grounds, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await service.end(
        desk,
        session,
        urn,
        version,
        effective_on=body.effective_on,
        reason=body.reason,
        remedy=body.remedy,
        legal_basis=body.legal_basis,
    )
    return changed(record)
