"""Disputes over HTTP: raised through the gateway, decided by offices."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from onewindow_contracts.models import oversight as shared
from onewindow_contracts.models import oversight_disputes as api
from onewindow_contracts.models.records.oversight_dispute import DisputeState
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session

from oversight.routes.answers import LIMIT, Cursor, Escalated, Limit, Office, RecordUrn, TheDesk, answer, listed, own
from oversight.service import disputes as service
from oversight.service import matters

router = APIRouter(route_class=ContractRoute)
PATH = "/v1/disputes"


@router.post(PATH, operation_id="raiseDispute", status_code=201, response_model=api.DisputeReceipt)
async def raise_dispute(
    body: api.DisputeRaised, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    row = await service.raise_(desk, session, own(caller), body.about, body.grounds)
    return answer(matters.receipt(row), 201)


@router.get(PATH, operation_id="listDisputes", response_model=api.DisputePage)
async def list_by_state(
    session: Session,
    desk: TheDesk,
    caller: Caller,
    state: Annotated[DisputeState, Query()],
    office: Office = None,
    escalated: Escalated = None,
    cursor: Cursor = None,
    limit: Limit = LIMIT,
) -> Response:
    wanted = {"state": state, "office": office, "escalated": escalated, "cursor": cursor, "limit": limit}
    return listed(await matters.page(desk, session, "dispute", caller, **wanted))


@router.get(PATH + "/{urn}", operation_id="readDispute", response_model=api.DisputeFile)
async def read(urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller) -> Response:
    return answer(matters.shown(await matters.of_office(desk, session, "dispute", urn, caller)))


@router.post(PATH + "/{urn}/handlers", operation_id="assignDispute", response_model=api.DisputeFile)
async def assign(
    urn: RecordUrn,
    body: shared.HandlerNamed,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(matters.shown(await service.assign(desk, session, caller, urn, version, body.officer, body.name)))


@router.post(PATH + "/{urn}/rulings", operation_id="decideDispute", response_model=api.DisputeFile)
async def decide(
    urn: RecordUrn,
    body: api.DisputeDecided,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    row = await service.decide(
        desk,
        session,
        caller,
        urn,
        version,
        outcome=body.outcome,
        name=body.name,
        basis=body.legal_basis,
        reason=body.reason,
        remedy=body.remedy,
    )
    return answer(matters.shown(row))


@router.post(PATH + "/{urn}/withdrawals", operation_id="withdrawDispute", response_model=api.DisputeReceipt)
async def withdraw(urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey) -> Response:
    return answer(matters.receipt(await service.withdraw(desk, session, own(caller), urn)))
