"""Mortgages: entered, released by the mortgagee, cancelled on an owner's application."""

from fastapi import APIRouter, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import housing as api
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session

from housing.routes.parts import Authority, TheRegistry, answer, created
from housing.service import mortgages

router = APIRouter(route_class=ContractRoute)


@router.post(
    "/v1/titles/{urn}/mortgages", operation_id="registerMortgage", status_code=201, response_model=api.MortgageRecord
)
async def register_mortgage(
    urn: Urn,
    body: api.RegisterMortgage,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return created(await mortgages.register(session, registry, authority, urn, version, body), "mortgages")


@router.post("/v1/mortgages/{urn}/release", operation_id="releaseMortgage", response_model=api.MortgageRecord)
async def release_mortgage(
    urn: Urn,
    body: api.ReleaseMortgage,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await mortgages.release(session, registry, authority, urn, version, body))


@router.post("/v1/mortgages/{urn}/cancellation", operation_id="cancelMortgage", response_model=api.MortgageRecord)
async def cancel_mortgage(
    urn: Urn,
    body: api.CancelMortgage,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await mortgages.cancel(session, registry, caller, urn, version, body))
