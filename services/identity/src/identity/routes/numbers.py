"""Numbers: a person's history, another number, conflicts, the installed schemes, identity cards."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from onewindow_contracts.common import CursorText, Id
from onewindow_contracts.models import identity as api
from onewindow_kit.edge import ContractRoute, IdempotencyKey, IfMatch
from onewindow_kit.pages import LIMIT_DEFAULT, LIMIT_MAX, decode, encode
from onewindow_kit.problems import NotFound

from identity.domain.problems import PersonNotFound
from identity.routes.desks import AsCitizen, AtDesk, tag
from identity.routes.persons import PersonPath, file
from identity.service import cards, dossiers, numbers
from identity.store import papers
from identity.store.persons import identifications

router = APIRouter(route_class=ContractRoute)
ConflictPath = Annotated[Id, Path(description="The conflict.")]


@router.get("/v1/persons/{person}/identifications", operation_id="listIdentifications")
async def list_identifications(person: PersonPath, desk: AtDesk) -> api.IdentificationList:
    held = await identifications(desk.session, (await desk.person(person, lock=False)).id)
    return api.IdentificationList(items=[dossiers.identification(row) for row in held][:200])


@router.post("/v1/persons/{person}/identifications", operation_id="assignNumber")
async def assign_number(
    person: PersonPath,
    command: api.NumberCommand,
    desk: AtDesk,
    version: IfMatch,
    response: Response,
    _key: IdempotencyKey,
) -> api.PersonFile:
    return await file(desk, await numbers.give(desk, person, version, command), response)


@router.get("/v1/number-conflicts", operation_id="listNumberConflicts")
async def list_number_conflicts(
    desk: AtDesk,
    cursor: Annotated[CursorText | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = LIMIT_DEFAULT,
) -> api.NumberConflictPage:
    found = await dossiers.conflicts(desk, decode(cursor, str, str), limit + 1)
    page = found[:limit]
    following = encode(page[-1].state, page[-1].id) if len(found) > limit else None
    return api.NumberConflictPage(items=page, next=following)


@router.get("/v1/number-conflicts/{conflict}", operation_id="readNumberConflict")
async def read_number_conflict(conflict: ConflictPath, desk: AtDesk) -> api.NumberConflict:
    found = await papers.conflict(desk.session, conflict)
    if found is None:
        raise NotFound
    return await dossiers.conflict(desk, found)


@router.post("/v1/number-conflicts/{conflict}/decision", operation_id="decideNumberConflict")
async def decide_number_conflict(
    conflict: ConflictPath, command: api.ConflictDecision, desk: AtDesk, _key: IdempotencyKey
) -> api.NumberConflict:
    decided = await numbers.decide(desk, conflict, command)
    if decided is None:
        raise NotFound
    await desk.changes.publish()
    return await dossiers.conflict(desk, decided)


@router.get("/v1/schemes", operation_id="listSchemes")
async def list_schemes(desk: AtDesk) -> api.SchemeList:
    return api.SchemeList(
        items=[api.Scheme(id=s.id, norm=s.norm, assigned_here=s.assigned_here) for s in desk.rules.schemes]
    )


@router.post("/v1/persons/{person}/cards", operation_id="issueCard", status_code=201)
async def issue_card(
    person: PersonPath, command: api.CardCommand, desk: AtDesk, response: Response, _key: IdempotencyKey
) -> api.CardFile:
    card = await cards.issue(desk, person, command)
    await desk.changes.publish()
    tag(response, card.version)
    return dossiers.card(card)


@router.post("/v1/card-losses", operation_id="reportCardLost")
async def report_card_lost(
    command: api.CardLossReport, desk: AtDesk, citizen: AsCitizen, response: Response, _key: IdempotencyKey
) -> api.CardFile:
    holder = citizen or command.person
    if holder is None or (citizen is not None and command.person not in (None, citizen)):
        raise PersonNotFound
    card = await cards.lose(desk, holder, command)
    await desk.changes.publish()
    tag(response, card.version)
    return dossiers.card(card)
