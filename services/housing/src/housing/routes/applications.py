"""Applications: what owners, heirs, creditors and objectors ask the registry for; each opens a case."""

from fastapi import APIRouter, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import housing_applications as api
from onewindow_contracts.models.housing_cases import CaseRecord
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, Session

from housing.routes.parts import TheRegistry, opened
from housing.service import cases
from housing.service.applications import inheritance, mortgage, rights, share, transfer

router = APIRouter(route_class=ContractRoute)


@router.post(
    "/v1/titles/{urn}/transfer-applications",
    operation_id="applyForTransfer",
    status_code=201,
    response_model=CaseRecord,
)
async def apply_for_transfer(
    urn: Urn, body: api.ApplyForTransfer, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    case = await transfer.apply(session, registry, caller.subject, urn, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.post(
    "/v1/titles/{urn}/share-transfer-applications",
    operation_id="applyForShareTransfer",
    status_code=201,
    response_model=CaseRecord,
)
async def apply_for_share_transfer(
    urn: Urn,
    body: api.ApplyForShareTransfer,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    _key: IdempotencyKey,
) -> Response:
    case = await share.apply(session, registry, caller.subject, urn, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.post(
    "/v1/titles/{urn}/mortgage-applications",
    operation_id="applyForMortgage",
    status_code=201,
    response_model=CaseRecord,
)
async def apply_for_mortgage(
    urn: Urn, body: api.ApplyForMortgage, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    case = await mortgage.apply(session, registry, caller.subject, urn, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.post(
    "/v1/titles/{urn}/residence-right-applications",
    operation_id="applyForResidenceRight",
    status_code=201,
    response_model=CaseRecord,
)
async def apply_for_residence_right(
    urn: Urn,
    body: api.ApplyForResidenceRight,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    _key: IdempotencyKey,
) -> Response:
    case = await rights.apply_for_residence(session, registry, caller.subject, urn, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.post(
    "/v1/titles/{urn}/advance-notice-applications",
    operation_id="applyForAdvanceNotice",
    status_code=201,
    response_model=CaseRecord,
)
async def apply_for_advance_notice(
    urn: Urn,
    body: api.ApplyForAdvanceNotice,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    _key: IdempotencyKey,
) -> Response:
    case = await rights.apply_for_notice(session, registry, caller.subject, urn, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.post(
    "/v1/titles/{urn}/renaming-applications",
    operation_id="applyForRenaming",
    status_code=201,
    response_model=CaseRecord,
)
async def apply_for_renaming(
    urn: Urn, body: api.ApplyForRenaming, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    case = await rights.apply_for_renaming(session, registry, caller.subject, urn, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.post(
    "/v1/mortgages/{urn}/payoff-applications", operation_id="payLienOff", status_code=201, response_model=CaseRecord
)
async def pay_lien_off(
    urn: Urn, body: api.PayLienOff, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    case = await mortgage.pay_off(session, registry, caller.subject, urn, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.post(
    "/v1/inheritance-applications", operation_id="applyForInheritance", status_code=201, response_model=CaseRecord
)
async def apply_for_inheritance(
    body: api.ApplyForInheritance, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    case = await inheritance.apply(session, registry, caller.subject, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.post("/v1/judgment-applications", operation_id="applyForJudgment", status_code=201, response_model=CaseRecord)
async def apply_for_judgment(
    body: api.ApplyForJudgment, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    case = await inheritance.apply_for_judgment(session, registry, caller.subject, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)


@router.post("/v1/objection-applications", operation_id="objectToTitle", status_code=201, response_model=CaseRecord)
async def object_to_title(
    body: api.ObjectToTitle, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    case = await rights.object_to(session, registry, caller.subject, body)
    return opened(await cases.shown(session, registry, case.urn), case.urn)
