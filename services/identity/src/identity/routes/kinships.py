"""Kinship records."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import identity as api
from onewindow_kit.edge import ContractRoute, IdempotencyKey, IfMatch
from onewindow_kit.problems import NotFound

from identity.routes.desks import AtDesk, tag
from identity.service import dossiers, kinships
from identity.service.desk import Desk
from identity.store import papers
from identity.tables import Kinship

router = APIRouter(route_class=ContractRoute)
KinshipPath = Annotated[Urn, Path(description="The kinship.")]


async def _file(desk: Desk, kinship: Kinship, response: Response) -> api.KinshipFile:
    await desk.changes.publish()
    tag(response, kinship.version)
    return await dossiers.kinship(desk, kinship)


@router.post("/v1/kinships", operation_id="registerKinship", status_code=201)
async def register_kinship(
    command: api.KinshipCommand, desk: AtDesk, response: Response, _key: IdempotencyKey
) -> api.KinshipFile:
    return await _file(desk, await kinships.register(desk, command), response)


@router.get("/v1/kinships/{kinship}", operation_id="readKinship")
async def read_kinship(kinship: KinshipPath, desk: AtDesk, response: Response) -> api.KinshipFile:
    found = await papers.kinship(desk.session, kinship)
    if found is None:
        raise NotFound
    return await _file(desk, found, response)


@router.post("/v1/kinships/{kinship}/end", operation_id="endKinship")
async def end_kinship(
    kinship: KinshipPath,
    command: api.KinshipEnd,
    desk: AtDesk,
    version: IfMatch,
    response: Response,
    _key: IdempotencyKey,
) -> api.KinshipFile:
    return await _file(desk, await kinships.end(desk, kinship, version, command), response)
