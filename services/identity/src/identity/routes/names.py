"""Pseudonyms, introductions, residence and real-name checks: always for the caller's own sector, always by POST."""

from fastapi import APIRouter, Request
from onewindow_contracts.models import identity as api
from onewindow_contracts.models import identity_life as life
from onewindow_kit.edge import Caller, ContractRoute

from identity.routes.desks import AtDesk
from identity.service import names, real_names

router = APIRouter(route_class=ContractRoute)


@router.post("/v1/real-name-checks", operation_id="checkRealName")
async def check_real_name(command: api.RealNameCheck, desk: AtDesk, request: Request) -> api.RealNameResult:
    return await real_names.check(desk, command, request.app.state.bank_cards)


@router.post("/v1/pseudonyms", operation_id="findPseudonym")
async def find_pseudonym(command: api.PersonName, desk: AtDesk, caller: Caller) -> api.PseudonymAnswer:
    party = await names.named(desk, command.scheme, command.number, command.name)
    found = await names.pseudonym(desk, party, caller.sector)
    await desk.changes.publish()
    return api.PseudonymAnswer(pseudonym=found)


@router.post("/v1/pseudonyms/batch", operation_id="findPseudonyms")
async def find_pseudonyms(command: api.PseudonymBatch, desk: AtDesk, caller: Caller) -> api.PseudonymBatchAnswer:
    found = await names.batch(desk, command.scheme, command.numbers, caller.sector)
    await desk.changes.publish()
    return api.PseudonymBatchAnswer(pseudonyms=found)


@router.post("/v1/introductions", operation_id="introduce")
async def introduce(command: api.IntroductionRequest, desk: AtDesk, caller: Caller) -> api.IntroductionAnswer:
    introduction = await names.introduce(desk, caller.sector, command.pseudonym, command.receiver)
    await desk.changes.publish()
    return api.IntroductionAnswer(introduction=introduction)


@router.post("/v1/residence", operation_id="findResidence")
async def find_residence(command: api.ResidenceRequest, desk: AtDesk, caller: Caller) -> api.Residence:
    return await names.residence(desk, caller.sector, command.pseudonym)


@router.post("/v1/age", operation_id="reachAge")
async def reach_age(command: life.AgeQuestion, desk: AtDesk, caller: Caller) -> life.AgeAnswer:
    reached = await names.age_reached(desk, caller.sector, command.pseudonym, command.years, command.on)
    return life.AgeAnswer(reached=reached)
