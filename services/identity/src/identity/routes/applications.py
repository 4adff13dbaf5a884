"""What a citizen asks the office for, and the families that come of it: each application answers with its case."""

from fastapi import APIRouter, Response
from onewindow_contracts.models import identity as api
from onewindow_contracts.models import identity_life as life
from onewindow_contracts.models.identity_cases import CaseFile
from onewindow_kit.edge import ContractRoute, IdempotencyKey

from identity.routes.cases import answer
from identity.routes.desks import AsCitizen, AtDesk
from identity.routes.persons import file
from identity.service import adoptions, births, cards, entries, marriages

router = APIRouter(route_class=ContractRoute)


@router.post("/v1/card-replacements", operation_id="replaceCard", status_code=201)
async def replace_card(
    command: life.CardReplacement, desk: AtDesk, citizen: AsCitizen, response: Response, _key: IdempotencyKey
) -> CaseFile:
    return await answer(desk, await cards.request(desk, citizen or "", command), citizen, response)


@router.post("/v1/birth-declarations", operation_id="declareBirth", status_code=201)
async def declare_birth(
    command: life.BirthDeclaration, desk: AtDesk, citizen: AsCitizen, response: Response, _key: IdempotencyKey
) -> CaseFile:
    return await answer(desk, await births.declare(desk, citizen or "", command), citizen, response)


@router.post("/v1/name-change-requests", operation_id="requestNameChange", status_code=201)
async def request_name_change(
    command: life.NameChangeRequest, desk: AtDesk, citizen: AsCitizen, response: Response, _key: IdempotencyKey
) -> CaseFile:
    return await answer(desk, await entries.request_name(desk, citizen or "", command), citizen, response)


@router.post("/v1/marriage-applications", operation_id="applyForMarriage", status_code=201)
async def apply_for_marriage(
    command: life.MarriageApplication, desk: AtDesk, citizen: AsCitizen, response: Response, _key: IdempotencyKey
) -> CaseFile:
    return await answer(desk, await marriages.apply(desk, citizen or "", command), citizen, response)


@router.post("/v1/divorce-applications", operation_id="applyForDivorce", status_code=201)
async def apply_for_divorce(
    command: life.DivorceApplication, desk: AtDesk, citizen: AsCitizen, response: Response, _key: IdempotencyKey
) -> CaseFile:
    return await answer(desk, await marriages.apply_for_divorce(desk, citizen or "", command), citizen, response)


@router.post("/v1/adoptions", operation_id="registerAdoption", status_code=201)
async def register_adoption(
    command: life.AdoptionCommand, desk: AtDesk, response: Response, _key: IdempotencyKey
) -> api.PersonFile:
    return await file(desk, await adoptions.register(desk, command), response)
