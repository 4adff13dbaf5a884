"""Cases: followed by whom they are about, decided by the office."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from onewindow_contracts.common import (
    CaseBody,
    CaseDecision,
    CaseReasonCommand,
    CaseTerm,
    CursorText,
    Label,
    Urn,
)
from onewindow_contracts.common import CaseState as State
from onewindow_contracts.models import identity_cases as api
from onewindow_contracts.models.records.shared_adverse_act import AdverseActRecord, CaseVerdict
from onewindow_kit.adverse.answers import waiting
from onewindow_kit.adverse.problems import GroundsMissing
from onewindow_kit.cases import Case
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch
from onewindow_kit.pages import LIMIT_DEFAULT, LIMIT_MAX, decode, encode

from identity.routes.desks import AsReader, AtDesk, tag
from identity.service import casework
from identity.service.desk import Desk

router = APIRouter(route_class=ContractRoute)
HELD: dict[int | str, dict[str, Any]] = {202: {"model": AdverseActRecord}}
"""A refusal that waits for the supervisor answers so."""
CasePath = Annotated[Urn, Path(description="The record.")]


def file(case: Case, reader: str | None) -> api.CaseFile:
    """The case as the office sees it (``reader`` None), its applicant, or somebody else whom it is about."""
    decision = None if case.decision is None else CaseDecision(**asdict(case.decision))
    body = CaseBody(
        kind=case.kind,
        state=case.state,
        applied_on=case.applied_on,
        respond_by=case.respond_by,
        decide_by=case.decide_by,
        awaiting=case.awaiting,
        terms=[CaseTerm(label=Label(zh=term.zh, en=term.en), value=term.value) for term in case.terms],
        concerns=list(case.concerns),
        decision=decision,
        results=list(case.results),
    )
    mine = reader is None or reader == case.applicant
    content = None if not mine else casework.asked(case) | (case.content.get("people", {}) if reader is None else {})
    applicant = case.applicant if mine else None
    return api.CaseFile(urn=case.urn, version=case.version, body=body, applicant=applicant, content=content)


async def answer(desk: Desk, case: Case, reader: str | None, response: Response) -> api.CaseFile:
    """Publish what the case's step changed and answer with the case."""
    await desk.changes.publish()
    tag(response, case.version)
    return file(case, reader)


@router.get("/v1/cases", operation_id="listCases")
async def list_cases(
    desk: AtDesk,
    state: Annotated[State | None, Query(description="Only those in this state.")] = None,
    cursor: Annotated[CursorText | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = LIMIT_DEFAULT,
) -> api.CasePage:
    after = decode(cursor, str)
    found = await desk.cases.listing(
        desk.session,
        authority=desk.office.authority,
        state=state,
        after=None if after is None else after[0],
        limit=limit + 1,
    )
    page = found[:limit]
    following = encode(page[-1].urn) if len(found) > limit else None
    return api.CasePage(items=[file(case, None) for case in page], next=following)


@router.get("/v1/cases/{urn}", operation_id="readCase")
async def read_case(urn: CasePath, desk: AtDesk, reader: AsReader, response: Response) -> api.CaseFile:
    return await answer(desk, await casework.visible(desk, urn, reader), reader, response)


@router.post("/v1/cases/{urn}/consents", operation_id="consentToCase")
async def consent_to_case(
    urn: CasePath, desk: AtDesk, reader: AsReader, response: Response, _key: IdempotencyKey
) -> api.CaseFile:
    case = await desk.cases.consent(desk, desk.session, urn, reader or "", desk.today)
    return await answer(desk, case, reader, response)


@router.post("/v1/cases/{urn}/refusals", operation_id="declineCase")
async def decline_case(
    urn: CasePath,
    command: CaseReasonCommand,
    desk: AtDesk,
    reader: AsReader,
    response: Response,
    _key: IdempotencyKey,
) -> api.CaseFile:
    case = await desk.cases.decline(desk, desk.session, urn, reader or "", desk.today, command.reason)
    return await answer(desk, case, reader, response)


@router.post("/v1/cases/{urn}/withdrawals", operation_id="withdrawCase")
async def withdraw_case(
    urn: CasePath, desk: AtDesk, reader: AsReader, response: Response, _key: IdempotencyKey
) -> api.CaseFile:
    return await answer(desk, await casework.withdraw(desk, urn, reader or ""), reader, response)


@router.post("/v1/cases/{urn}/decisions", operation_id="decideCase", response_model=api.CaseFile, responses=HELD)
async def decide_case(
    urn: CasePath,
    command: CaseVerdict,
    desk: AtDesk,
    version: IfMatch,
    request: Request,
    caller: Caller,
    response: Response,
    _key: IdempotencyKey,
) -> api.CaseFile | Response:
    if command.outcome == "granted":
        office = {"reason": command.reason, "on": desk.today, "authority": desk.office.authority}
        case = await desk.cases.decide(desk, desk.session, urn, version, granted=True, **office)
        return await answer(desk, case, None, response)
    if command.grounds is None:
        raise GroundsMissing
    acts = request.app.state.adverse.acts
    act = await casework.refuse(desk, acts, caller, urn, version, command.reason, command.grounds)
    if act.state != "in-force":
        return waiting(acts, act)
    return await answer(desk, await desk.cases.find(desk.session, urn), None, response)
