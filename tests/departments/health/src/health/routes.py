"""Codes over HTTP: translate, delegate, answer. The edge admits, commits and remembers."""

from typing import Annotated, Literal

import orjson
from fastapi import APIRouter, Depends, Request, Response
from onewindow_contracts.common import Contract, Day, Line, Paragraph, Pseudonym
from onewindow_contracts.models.records.shared_adverse_act import AdverseGroundsOfMany
from onewindow_kit.adverse.routes import states
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, Session
from pydantic import Field

from health import service
from health.service import Desk

router = APIRouter(route_class=ContractRoute)


class SeenPeople(Contract):
    """As in the contract. By hand, because models are generated from this repository's own contracts only."""

    place: Line
    seen_on: Day
    people: Annotated[list[Pseudonym], Field(min_length=1, max_length=5000)]


class CodeRestriction(Contract):
    """As in the contract."""

    colour: Literal["yellow", "red"]
    reason: Paragraph
    grounds: AdverseGroundsOfMany


async def _desk(request: Request) -> Desk:
    return request.app.state.desk


TheDesk = Annotated[Desk, Depends(_desk)]


@router.post("/v1/visits", operation_id="recordVisits", status_code=201)
async def record_visits(
    body: SeenPeople, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    urns = await service.record_visits(session, desk, str(caller.authority), body.people, body.place, body.seen_on)
    return Response(orjson.dumps({"visits": urns}), 201, media_type="application/json")


@router.post("/v1/code-restrictions", operation_id="restrictCodes", status_code=202)
async def restrict_codes(
    body: CodeRestriction, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    people = {each.person: each.evidence for each in body.grounds.people}
    acts = await service.restrict(session, desk, caller, body.colour, body.reason, body.grounds.basis, people)
    return states(acts, status=202)
