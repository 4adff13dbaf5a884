"""The company register: organisations and who represents them; and introducing oneself to another sector."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from onewindow_contracts.common import Pseudonym, Urn
from onewindow_contracts.models import identity
from onewindow_contracts.models import identity_organisations as api
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch

from identity.routes.desks import AsCitizen, AtDesk, tag
from identity.service import names, organisation_files, organisations, representations
from identity.service.desk import Desk
from identity.tables import Organisation, Representation

router = APIRouter(route_class=ContractRoute)
OrganisationPath = Annotated[Pseudonym, Path(description="Its identity pseudonym.")]
RepresentationPath = Annotated[Urn, Path(description="The record.")]


async def _file(desk: Desk, row: Organisation, response: Response) -> api.OrganisationFile:
    await desk.changes.publish()
    tag(response, row.version)
    return await organisation_files.organisation(desk, row)


async def _representation(desk: Desk, row: Representation, response: Response) -> api.RepresentationFile:
    await desk.changes.publish()
    tag(response, row.version)
    return await organisation_files.representation(desk, row)


@router.post("/v1/organisations", operation_id="registerOrganisation", status_code=201)
async def register_organisation(
    command: api.OrganisationCommand, desk: AtDesk, response: Response, _key: IdempotencyKey
) -> api.OrganisationFile:
    return await _file(desk, await organisations.register(desk, command), response)


@router.post("/v1/organisation-lookups", operation_id="lookUpOrganisation")
async def look_up_organisation(
    command: api.OrganisationLookup, desk: AtDesk, response: Response
) -> api.OrganisationFile:
    return await _file(desk, await organisations.look_up(desk, command.uscc), response)


@router.get("/v1/organisations/{organisation}", operation_id="readOrganisation")
async def read_organisation(organisation: OrganisationPath, desk: AtDesk, response: Response) -> api.OrganisationFile:
    return await _file(desk, await organisations.find(desk, organisation, lock=False), response)


@router.post("/v1/organisations/{organisation}/variations", operation_id="varyOrganisation")
async def vary_organisation(
    organisation: OrganisationPath,
    command: api.OrganisationVariation,
    desk: AtDesk,
    version: IfMatch,
    response: Response,
    _key: IdempotencyKey,
) -> api.OrganisationFile:
    return await _file(desk, await organisations.vary(desk, organisation, version, command), response)


@router.post("/v1/organisations/{organisation}/dissolution", operation_id="dissolveOrganisation")
async def dissolve_organisation(
    organisation: OrganisationPath,
    command: api.Dissolution,
    desk: AtDesk,
    version: IfMatch,
    response: Response,
    _key: IdempotencyKey,
) -> api.OrganisationFile:
    return await _file(desk, await organisations.dissolve(desk, organisation, version, command), response)


@router.post("/v1/organisations/{organisation}/representations", operation_id="appointRepresentative", status_code=201)
async def appoint_representative(
    organisation: OrganisationPath,
    command: api.Appointment,
    desk: AtDesk,
    response: Response,
    _key: IdempotencyKey,
) -> api.RepresentationFile:
    person = await desk.person(command.person)
    row = await organisations.living(desk, organisation)
    since = desk.day(command.since)
    made = await representations.appoint(desk, row, person, command.capacity, command.powers, since, command.until)
    return await _representation(desk, made, response)


@router.post("/v1/representations/{representation}/end", operation_id="endRepresentation")
async def end_representation(
    representation: RepresentationPath,
    command: api.RepresentationEnd,
    desk: AtDesk,
    citizen: AsCitizen,
    response: Response,
    _key: IdempotencyKey,
) -> api.RepresentationFile:
    return await _representation(desk, await representations.end(desk, representation, citizen, command), response)


@router.post("/v1/own-introductions", operation_id="introduceMyself")
async def introduce_myself(
    command: api.OwnIntroduction, desk: AtDesk, caller: Caller, _key: IdempotencyKey
) -> identity.IntroductionAnswer:
    introduction = await names.introduce(desk, caller.sector, caller.subject, command.receiver)
    await desk.changes.publish()
    return identity.IntroductionAnswer(introduction=introduction)
