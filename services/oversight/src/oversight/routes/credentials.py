"""Revocations, locks and alarms over HTTP, for supervisors and operators."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from onewindow_contracts.models import oversight_credentials as api
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session

from oversight.routes.answers import LIMIT, Cursor, Limit, RecordUrn, TheDesk, answer, listed
from oversight.service import credentials as service
from oversight.service.desk import orderer
from oversight.tables import Lock, Revocation

router = APIRouter(route_class=ContractRoute)
InForce = Annotated[bool, Query()]


@router.post("/v1/revocations", operation_id="revokeCredential", status_code=201, response_model=api.RevocationFile)
async def revoke(
    body: api.RevocationOrder, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    row = await service.revoke(
        desk,
        session,
        orderer(caller),
        kind=body.kind,
        value=body.value,
        organisation=body.organisation,
        reason=body.reason,
        until=None if body.until is None else _moment(body.until),
    )
    return answer(service.revocation_file(row), 201)


@router.get("/v1/revocations", operation_id="listRevocations", response_model=api.RevocationPage)
async def list_revocations(
    session: Session, in_force: InForce, cursor: Cursor = None, limit: Limit = LIMIT
) -> Response:
    return listed(await service.page(session, Revocation, in_force, cursor, limit))


@router.post("/v1/revocations/{urn}/lifts", operation_id="liftRevocation", response_model=api.RevocationFile)
async def lift_revocation(
    urn: RecordUrn,
    body: api.LiftOrder,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    row = await service.lift_revocation(desk, session, orderer(caller), urn, version, body.reason)
    return answer(service.revocation_file(row))


@router.post("/v1/locks", operation_id="lockOfficer", status_code=201, response_model=api.LockFile)
async def lock(body: api.LockOrder, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey) -> Response:
    row = await service.lock(desk, session, orderer(caller), body.organisation, body.officer, body.reason)
    return answer(service.lock_file(row), 201)


@router.get("/v1/locks", operation_id="listLocks", response_model=api.LockPage)
async def list_locks(session: Session, in_force: InForce, cursor: Cursor = None, limit: Limit = LIMIT) -> Response:
    return listed(await service.page(session, Lock, in_force, cursor, limit))


@router.post("/v1/locks/{urn}/lifts", operation_id="liftLock", response_model=api.LockFile)
async def lift_lock(
    urn: RecordUrn,
    body: api.LiftOrder,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(service.lock_file(await service.unlock(desk, session, orderer(caller), urn, version, body.reason)))


@router.get("/v1/alarms", operation_id="listAlarms", response_model=api.AlarmPage)
async def list_alarms(session: Session, cursor: Cursor = None, limit: Limit = LIMIT) -> Response:
    return listed(await service.alarms(session, cursor, limit))


def _moment(at: datetime | str) -> datetime:
    return at if isinstance(at, datetime) else datetime.fromisoformat(at)
