"""Freezes: registered by order of an authority, lifted by it."""

from fastapi import APIRouter, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import housing as api
from onewindow_kit.edge import ContractRoute, IdempotencyKey, IfMatch, Session

from housing.routes.parts import Authority, TheRegistry, answer, created
from housing.service import freezes

router = APIRouter(route_class=ContractRoute)


@router.post(
    "/v1/titles/{urn}/freezes", operation_id="registerFreeze", status_code=201, response_model=api.FreezeRecord
)
async def register_freeze(
    urn: Urn,
    body: api.RegisterFreeze,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return created(await freezes.register(session, registry, authority, urn, version, body), "freezes")


@router.post("/v1/freezes/{urn}/lifting", operation_id="liftFreeze", response_model=api.FreezeRecord)
async def lift_freeze(
    urn: Urn,
    body: api.LiftFreeze,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await freezes.lift(session, registry, authority, urn, version, body))
