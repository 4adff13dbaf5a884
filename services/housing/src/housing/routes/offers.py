"""First refusal: an owner accepts or waives what a co-owner sells."""

from fastapi import APIRouter, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import housing_offers as api
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, Session

from housing.routes.parts import TheRegistry, answer, shown
from housing.service import first_refusal

router = APIRouter(route_class=ContractRoute)


@router.get("/v1/offers/{urn}", operation_id="readOffer", response_model=api.OfferRecord)
async def read_offer(urn: Urn, session: Session, registry: TheRegistry, caller: Caller) -> Response:
    return shown(await first_refusal.read(session, registry, caller, urn))


@router.post("/v1/offers/{urn}/acceptances", operation_id="acceptFirstRefusal", response_model=api.OfferRecord)
async def accept_first_refusal(
    urn: Urn, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    return answer(await first_refusal.answer(session, registry, caller.subject, urn, "accepted"))


@router.post("/v1/offers/{urn}/waivers", operation_id="waiveFirstRefusal", response_model=api.OfferRecord)
async def waive_first_refusal(
    urn: Urn, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    return answer(await first_refusal.answer(session, registry, caller.subject, urn, "waived"))
