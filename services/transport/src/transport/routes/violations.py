"""Violations and points over HTTP: the traffic police's desk, the commands of owners and drivers."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Response
from onewindow_contracts.models import transport as base
from onewindow_contracts.models import transport_violations as api
from onewindow_contracts.models.records.transport_violation import ViolationState
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session, etag
from onewindow_kit.records import Record
from sqlalchemy import or_
from sqlmodel import col

from transport.domain.plates import Plate
from transport.routes.answers import (
    JSON,
    LIMIT,
    NO_STORE,
    Cursor,
    Limit,
    RecordUrn,
    TheDesk,
    changed,
    created,
    found,
    page,
)
from transport.routes.callers import own
from transport.service import reading
from transport.service.desk import Acting
from transport.service.licences import Grounds
from transport.service.roads import objections, points, recording
from transport.service.roads import violations as service
from transport.service.roads.naming import named
from transport.service.roads.recording import Found
from transport.tables import PointsCycle, Violation

router = APIRouter(route_class=ContractRoute)
PATH = "/v1/violations"


def _receipt(record: Record, status: int = 200, case: str | None = None) -> Response:
    """A citizen's command answers without envelope: the record reaches those concerned through the window."""
    state = orjson.loads(record.data)["body"]["state"]
    body = {"violation": record.urn, "version": record.version, "state": state, "case": case}
    return Response(orjson.dumps(body), status, NO_STORE | {"ETag": etag(record.version)}, JSON)


@router.post(PATH, operation_id="recordViolation", status_code=201, response_model=api.ViolationRecord)
async def record(
    body: api.ViolationEntry, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    seen = Found(
        kind=body.kind,
        plate=None if body.plate is None else Plate(body.plate.type, body.plate.number),
        driver=body.driver,
        occurred_on=body.occurred_on,
        place=body.place,
        document=body.document,
        unit=body.unit,
        officer=caller.actor,
        legal_basis=body.legal_basis,
    )
    return created(await recording.record(desk, session, seen), PATH)


@router.get(PATH, operation_id="listViolations", response_model=api.ViolationPage)
async def list_by_state(
    session: Session,
    desk: TheDesk,
    state: Annotated[ViolationState, Query()],
    cursor: Cursor = None,
    limit: Limit = LIMIT,
) -> Response:
    return page(await reading.page(desk, session, Violation, [col(Violation.state) == state], cursor, limit))


@router.get(PATH + "/{urn}", operation_id="readViolation", response_model=api.ViolationRecord)
async def read(urn: RecordUrn, session: Session, desk: TheDesk) -> Response:
    return found(*await reading.one(desk, session, Violation, urn))


@router.post("/v1/violation-lookups", operation_id="lookUpViolations", response_model=api.ViolationPage)
async def look_up(
    body: api.ViolationLookup, session: Session, desk: TheDesk, cursor: Cursor = None, limit: Limit = LIMIT
) -> Response:
    theirs = or_(col(Violation.owner) == body.person, col(Violation.driver) == body.person)
    return page(await reading.page(desk, session, Violation, [theirs], cursor, limit))


@router.post(PATH + "/{urn}/acceptances", operation_id="acceptViolation", response_model=api.ViolationReceipt)
async def accept(
    urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller, version: IfMatch, _key: IdempotencyKey
) -> Response:
    return _receipt(await service.accept(desk, session, urn, version, person=own(caller)))


@router.post(PATH + "/{urn}/drivers", operation_id="nameDriver", response_model=api.ViolationReceipt)
async def name_driver(
    urn: RecordUrn,
    body: api.DriverNaming,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    driver = await named(desk, body.driver.scheme, body.driver.number, body.driver.name)
    return _receipt(await service.name_driver(desk, session, urn, version, owner=own(caller), driver=driver))


@router.post(PATH + "/{urn}/payments", operation_id="payFine", response_model=api.ViolationReceipt)
async def pay(
    urn: RecordUrn,
    body: api.FinePayment,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return _receipt(await service.pay(desk, session, urn, version, person=own(caller), amount=body.amount))


@router.post(
    PATH + "/{urn}/objections", operation_id="objectToViolation", status_code=201, response_model=api.ViolationReceipt
)
async def object_to(
    urn: RecordUrn,
    body: api.Objection,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    acting = Acting(desk, caller)
    record, case = await objections.object_to(acting, session, urn, version, person=own(caller), reason=body.reason)
    return _receipt(record, 201, case)


@router.post(PATH + "/{urn}/establishments", operation_id="establishViolation", response_model=api.ViolationRecord)
async def establish(
    urn: RecordUrn, body: api.Establishment, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await service.establish(
        desk,
        session,
        urn,
        version,
        driver=body.driver,
        effective_on=body.effective_on,
        legal_basis=body.legal_basis,
        grounds=Grounds(body.reason, body.remedy),
    )
    return changed(record)


@router.post(PATH + "/{urn}/annulments", operation_id="annulViolation", response_model=api.ViolationRecord)
async def annul(
    urn: RecordUrn, body: base.Grounds, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await service.annul(
        desk,
        session,
        urn,
        version,
        by_objection=False,
        legal_basis=body.legal_basis,
        grounds=Grounds(body.reason, body.remedy),
        effective_on=body.effective_on,
    )
    return changed(record)


@router.post("/v1/points-cycle-lookups", operation_id="lookUpPointsCycles", response_model=api.PointsCyclePage)
async def look_up_cycles(
    body: base.HolderLookup, session: Session, desk: TheDesk, cursor: Cursor = None, limit: Limit = LIMIT
) -> Response:
    theirs = [col(PointsCycle.holder) == body.holder]
    return page(await reading.page(desk, session, PointsCycle, theirs, cursor, limit))


@router.post("/v1/points-cycle-closings", operation_id="closePointsCycles", response_model=api.ClosingResult)
async def close_cycles(
    body: api.ClosingRun, session: Session, desk: TheDesk, _key: IdempotencyKey
) -> api.ClosingResult:
    closed = await points.close_ended(desk, session, desk.today(), body.limit)
    return api.ClosingResult(closed=closed, more=await points.some_ended(session, desk.today()))
