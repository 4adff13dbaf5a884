"""Household registers."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import identity as api
from onewindow_kit.edge import ContractRoute, IdempotencyKey, IfMatch

from identity.domain import law
from identity.routes.desks import AtDesk, tag
from identity.service import dossiers, households
from identity.service.desk import Desk

router = APIRouter(route_class=ContractRoute)
HouseholdPath = Annotated[Urn, Path(description="The register.")]


async def _file(desk: Desk, urn: str, response: Response) -> api.HouseholdFile:
    await desk.changes.publish()
    found = await dossiers.household(desk, urn)
    tag(response, found.version)
    return found


@router.post("/v1/households", operation_id="openHousehold", status_code=201)
async def open_household(
    command: api.HouseholdCommand, desk: AtDesk, response: Response, _key: IdempotencyKey
) -> api.HouseholdFile:
    return await _file(desk, (await households.open_household(desk, command)).urn, response)


@router.get("/v1/households/{household}", operation_id="readHousehold")
async def read_household(household: HouseholdPath, desk: AtDesk, response: Response) -> api.HouseholdFile:
    return await _file(desk, household, response)


@router.post("/v1/households/{household}/head", operation_id="changeHead")
async def change_head(
    household: HouseholdPath,
    command: api.HeadCommand,
    desk: AtDesk,
    version: IfMatch,
    response: Response,
    _key: IdempotencyKey,
) -> api.HouseholdFile:
    await households.change_head(desk, household, version, command, desk.today, law.REGISTER)
    return await _file(desk, household, response)
