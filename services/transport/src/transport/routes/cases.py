"""Cases over HTTP: their parties' words, the offices' desks."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Response
from onewindow_contracts.common import CaseReasonCommand, CaseState
from onewindow_contracts.models import transport_cases as api
from onewindow_contracts.models.records.shared_adverse_act import AdverseActRecord
from onewindow_kit.adverse.answers import waiting
from onewindow_kit.adverse.problems import GroundsMissing
from onewindow_kit.cases import Case
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session, etag

from transport.routes.answers import JSON, LIMIT, NO_STORE, Cursor, Limit, RecordUrn, TheDesk, found, page
from transport.routes.callers import own, stated
from transport.service import cases as service
from transport.service.desk import Acting

router = APIRouter(route_class=ContractRoute)
PATH = "/v1/cases"
HELD: dict[int | str, dict[str, Any]] = {202: {"model": AdverseActRecord}}
"""A refusal that waits for the supervisor answers so."""


def receipt(case: Case, status: int = 200) -> Response:
    """A citizen's command answers without envelope: the record reaches everybody concerned through the window."""
    body = orjson.dumps({"case": case.urn, "version": case.version, "state": case.state, "results": case.results})
    return Response(body, status, NO_STORE | {"ETag": etag(case.version)}, JSON)


@router.get(PATH, operation_id="listCases", response_model=api.CasePage)
async def list_by_state(
    session: Session,
    desk: TheDesk,
    caller: Caller,
    state: Annotated[CaseState, Query()],
    cursor: Cursor = None,
    limit: Limit = LIMIT,
) -> Response:
    return page(await service.page(desk, session, caller, state, cursor, limit))


@router.get(PATH + "/{urn}", operation_id="readCase", response_model=api.CaseRecord)
async def read(urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller) -> Response:
    return found(*await service.one(desk, session, urn, caller))


@router.get(PATH + "/{urn}/contents", operation_id="readCaseContent", response_model=api.CaseContent)
async def read_content(urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller) -> api.CaseContent:
    entries = service.entries(await service.of_office(desk, session, urn, caller))
    return api.CaseContent.model_validate({"entries": entries})


@router.post(PATH + "/{urn}/consents", operation_id="consentToCase", response_model=api.CaseReceipt)
async def consent(urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey) -> Response:
    return receipt(await service.consent(Acting(desk, caller), session, urn, own(caller)))


@router.post(PATH + "/{urn}/refusals", operation_id="declineCase", response_model=api.CaseReceipt)
async def decline(
    urn: RecordUrn, body: CaseReasonCommand, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    return receipt(await service.decline(Acting(desk, caller), session, urn, own(caller), body.reason))


@router.post(PATH + "/{urn}/withdrawals", operation_id="withdrawCase", response_model=api.CaseReceipt)
async def withdraw(urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey) -> Response:
    return receipt(await service.withdraw(Acting(desk, caller), session, urn, own(caller)))


@router.post(PATH + "/{urn}/decisions", operation_id="decideCase", response_model=api.CaseRecord, responses=HELD)
async def decide(
    urn: RecordUrn,
    body: api.CaseRuling,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    acting = Acting(desk, caller, stated(body.answer))
    if body.outcome == "granted":
        return found(*await service.grant(acting, session, urn, version, body.reason))
    if body.grounds is None:
        raise GroundsMissing
    act = await service.refuse(acting, session, urn, version, body.reason, body.grounds.basis, body.grounds.evidence)
    if act.state != "in-force":
        return waiting(desk.acts, act)
    return found(*await service.published(desk, session, urn))
