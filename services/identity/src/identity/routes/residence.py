"""Stays and residence permits."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import identity as api
from onewindow_contracts.models import identity_life as life
from onewindow_contracts.models.identity_cases import CaseFile
from onewindow_kit.edge import ContractRoute, IdempotencyKey

from identity.domain.problems import PersonNotFound
from identity.routes.cases import answer
from identity.routes.desks import AsCitizen, AsReader, AtDesk, tag
from identity.service import dossiers, permits, stays
from identity.service.desk import Desk
from identity.tables import Permit, Stay

router = APIRouter(route_class=ContractRoute)
RecordPath = Annotated[Urn, Path(description="The record.")]


async def _stay(desk: Desk, stay: Stay, response: Response) -> api.StayFile:
    await desk.changes.publish()
    tag(response, stay.version)
    return dossiers.stay(stay)


async def _permit(desk: Desk, permit: Permit, response: Response) -> api.PermitFile:
    await desk.changes.publish()
    tag(response, permit.version)
    return dossiers.permit(permit)


@router.post("/v1/stays", operation_id="registerStay", status_code=201)
async def register_stay(
    command: life.StayCommand, desk: AtDesk, citizen: AsCitizen, response: Response, _key: IdempotencyKey
) -> api.StayFile:
    person = citizen or command.person
    if person is None or (citizen is not None and command.person not in (None, citizen)):
        raise PersonNotFound
    return await _stay(desk, await stays.register(desk, person, command, by_office=citizen is None), response)


@router.post("/v1/stays/{urn}/end", operation_id="endStay")
async def end_stay(
    urn: RecordPath, command: life.StayEnd, desk: AtDesk, reader: AsReader, response: Response, _key: IdempotencyKey
) -> api.StayFile:
    return await _stay(desk, await stays.end(desk, urn, reader, command), response)


@router.post("/v1/residence-permit-applications", operation_id="applyForResidencePermit", status_code=201)
async def apply_for_residence_permit(
    command: life.PermitApplication, desk: AtDesk, citizen: AsCitizen, response: Response, _key: IdempotencyKey
) -> CaseFile:
    return await answer(desk, await permits.apply(desk, citizen or "", command), citizen, response)


@router.post("/v1/residence-permits", operation_id="enterResidencePermit", status_code=201)
async def enter_residence_permit(
    command: life.PermitEntry, desk: AtDesk, response: Response, _key: IdempotencyKey
) -> api.PermitFile:
    return await _permit(desk, await permits.enter(desk, command), response)


@router.get("/v1/residence-permits/{urn}", operation_id="readResidencePermit")
async def read_residence_permit(urn: RecordPath, desk: AtDesk, reader: AsReader, response: Response) -> api.PermitFile:
    return await _permit(desk, await permits.readable(desk, urn, reader), response)


@router.post("/v1/residence-permits/{urn}/endorsement", operation_id="endorseResidencePermit")
async def endorse_residence_permit(
    urn: RecordPath,
    command: life.EndorsementCommand,
    desk: AtDesk,
    reader: AsReader,
    response: Response,
    _key: IdempotencyKey,
) -> api.PermitFile:
    return await _permit(desk, await permits.endorse(desk, urn, reader, command), response)
