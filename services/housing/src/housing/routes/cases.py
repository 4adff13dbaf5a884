"""Cases: read, agreed to, declined, withdrawn, decided; for the title registry and the provident fund alike."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from onewindow_contracts.common import CaseReasonCommand, CaseState, Urn
from onewindow_contracts.models import housing_cases as api
from onewindow_contracts.models.records.shared_adverse_act import AdverseActRecord, CaseVerdict
from onewindow_kit.adverse.answers import waiting
from onewindow_kit.adverse.problems import GroundsMissing
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session

from housing.routes.parts import LIMIT, Cursor, Limit, TheRegistry, changed, listed, shown
from housing.service import cases
from housing.service.applications import inheritance

router = APIRouter(route_class=ContractRoute)
HELD: dict[int | str, dict[str, Any]] = {202: {"model": AdverseActRecord}}
"""A refusal that waits for the supervisor answers so."""


@router.get("/v1/cases", operation_id="listCases", response_model=api.CasePage)
async def list_cases(
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    state: Annotated[CaseState | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = LIMIT,
) -> Response:
    return listed(await cases.listing(session, registry, caller, state, cursor, limit))


@router.get("/v1/cases/{urn}", operation_id="readCase", response_model=api.CaseRecord)
async def read_case(urn: Urn, session: Session, registry: TheRegistry, caller: Caller) -> Response:
    return shown(await cases.read(session, registry, caller, urn))


@router.get("/v1/cases/{urn}/application", operation_id="readApplication", response_model=api.Application)
async def read_application(
    urn: Urn, session: Session, registry: TheRegistry, caller: Caller, response: Response
) -> api.Application:
    case = await cases.application(session, registry, caller, urn)
    response.headers["ETag"] = f'"{case.version}"'
    response.headers["Cache-Control"] = "no-store"
    parties = [api.CaseParty(pseudonym=p.pseudonym, role=p.role, answer=p.answer) for p in case.parties]
    return api.Application(
        case=case.urn, kind=case.kind, applicant=case.applicant, parties=parties, content=case.content
    )


@router.post("/v1/cases/{urn}/consents", operation_id="consentToCase", response_model=api.CaseRecord)
async def consent_to_case(
    urn: Urn, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    await cases.consent(session, registry, caller, urn)
    return changed(await cases.shown(session, registry, urn))


@router.post("/v1/cases/{urn}/refusals", operation_id="declineCase", response_model=api.CaseRecord)
async def decline_case(
    urn: Urn,
    body: CaseReasonCommand,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    _key: IdempotencyKey,
) -> Response:
    await cases.decline(session, registry, caller, urn, body.reason)
    return changed(await cases.shown(session, registry, urn))


@router.post("/v1/cases/{urn}/withdrawals", operation_id="withdrawCase", response_model=api.CaseRecord)
async def withdraw_case(
    urn: Urn, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    await cases.withdraw(session, registry, caller, urn)
    return changed(await cases.shown(session, registry, urn))


@router.post("/v1/cases/{urn}/renunciations", operation_id="renounceInheritance", response_model=api.CaseRecord)
async def renounce_inheritance(
    urn: Urn, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    await inheritance.renounce(session, registry, caller.subject, urn)
    return changed(await cases.shown(session, registry, urn))


@router.post("/v1/cases/{urn}/decisions", operation_id="decideCase", response_model=api.CaseRecord, responses=HELD)
async def decide_case(
    urn: Urn,
    body: CaseVerdict,
    session: Session,
    registry: TheRegistry,
    request: Request,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    if body.outcome == "granted":
        await cases.grant(session, registry, caller, urn, version, reason=body.reason)
        return changed(await cases.shown(session, registry, urn))
    if body.grounds is None:
        raise GroundsMissing
    acts = request.app.state.adverse.acts
    act = await cases.refuse(session, registry, acts, caller, urn, version, body.reason, body.grounds)
    if act.state != "in-force":
        return waiting(acts, act)
    return changed(await cases.shown(session, registry, urn))


@router.post("/v1/cases/{urn}/assignments", operation_id="assignAfterSplit", response_model=api.CaseRecord)
async def assign_after_split(
    urn: Urn,
    body: api.AssignAfterSplit,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    await cases.assign(session, registry, caller, urn, version, body)
    return changed(await cases.shown(session, registry, urn))
