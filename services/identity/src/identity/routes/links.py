"""Merges and splits of persons: proposed by one officer, confirmed by another."""

from typing import Annotated

from fastapi import APIRouter, Path
from onewindow_contracts.common import Id
from onewindow_contracts.models import identity_links as api
from onewindow_kit.edge import ContractRoute, IdempotencyKey
from onewindow_kit.problems import NotFound

from identity.routes.desks import AtDesk
from identity.service.links import decisions
from identity.store import links

router = APIRouter(route_class=ContractRoute)
DecisionPath = Annotated[Id, Path(description="The decision.")]


@router.post("/v1/person-merges", operation_id="proposeMerge", status_code=201)
async def propose_merge(command: api.MergeProposal, desk: AtDesk, _key: IdempotencyKey) -> api.LinkDecision:
    return await decisions.file(desk, await decisions.propose_merge(desk, command))


@router.post("/v1/person-splits", operation_id="proposeSplit", status_code=201)
async def propose_split(command: api.SplitProposal, desk: AtDesk, _key: IdempotencyKey) -> api.LinkDecision:
    return await decisions.file(desk, await decisions.propose_split(desk, command))


@router.get("/v1/link-decisions/{decision}", operation_id="readLinkDecision")
async def read_link_decision(decision: DecisionPath, desk: AtDesk) -> api.LinkDecision:
    found = await links.decision(desk.session, decision)
    if found is None:
        raise NotFound
    return await decisions.file(desk, found)


@router.post("/v1/link-decisions/{decision}/confirmation", operation_id="confirmLinkDecision")
async def confirm_link_decision(decision: DecisionPath, desk: AtDesk, _key: IdempotencyKey) -> api.LinkDecision:
    decided = await decisions.confirm(desk, decision)
    await desk.changes.publish()
    return await decisions.file(desk, decided)


@router.post("/v1/link-decisions/{decision}/refusal", operation_id="refuseLinkDecision")
async def refuse_link_decision(decision: DecisionPath, desk: AtDesk, _key: IdempotencyKey) -> api.LinkDecision:
    return await decisions.file(desk, await decisions.refuse(desk, decision))
