"""Corrections: proposed by one officer, decided by another."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from onewindow_contracts.common import Id
from onewindow_contracts.models import identity as api
from onewindow_kit.edge import ContractRoute, IdempotencyKey, IfMatch
from onewindow_kit.problems import NotFound

from identity.routes.desks import AtDesk
from identity.routes.persons import PersonPath, file
from identity.service import dossiers, entries
from identity.store import papers

router = APIRouter(route_class=ContractRoute)
CorrectionPath = Annotated[Id, Path(description="The correction.")]


@router.post("/v1/persons/{person}/corrections", operation_id="proposeCorrection", status_code=201)
async def propose_correction(
    person: PersonPath, command: api.CorrectionProposal, desk: AtDesk, version: IfMatch, _key: IdempotencyKey
) -> api.Correction:
    return await dossiers.correction(desk, await entries.propose(desk, person, version, command))


@router.get("/v1/corrections/{correction}", operation_id="readCorrection")
async def read_correction(correction: CorrectionPath, desk: AtDesk) -> api.Correction:
    found = await papers.correction(desk.session, correction)
    if found is None:
        raise NotFound
    return await dossiers.correction(desk, found)


@router.post("/v1/corrections/{correction}/confirmation", operation_id="confirmCorrection")
async def confirm_correction(
    correction: CorrectionPath,
    command: api.CorrectionDecision,
    desk: AtDesk,
    response: Response,
    _key: IdempotencyKey,
) -> api.PersonFile:
    person = await entries.confirm(desk, correction, command)
    if person is None:
        raise NotFound
    return await file(desk, person, response)


@router.post("/v1/corrections/{correction}/refusal", operation_id="refuseCorrection")
async def refuse_correction(
    correction: CorrectionPath, command: api.CorrectionDecision, desk: AtDesk, _key: IdempotencyKey
) -> api.Correction:
    found = await entries.refuse(desk, correction, command)
    if found is None:
        raise NotFound
    return await dossiers.correction(desk, found)
