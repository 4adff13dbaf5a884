"""The vehicle administration's desk for persons who were merged or split."""

import orjson
from fastapi import APIRouter, Response
from onewindow_contracts.models import transport_persons as api
from onewindow_kit.cases import Case
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session, etag

from transport.routes.answers import JSON, NO_STORE, RecordUrn, TheDesk
from transport.service.persons import reviewing

router = APIRouter(route_class=ContractRoute)
MOST_RESULTS = 100


@router.get("/v1/split-reviews/{urn}", operation_id="readSplitReview", response_model=api.SplitReview)
async def read(urn: RecordUrn, session: Session, desk: TheDesk) -> Response:
    case = await reviewing.split_review(desk, session, urn)
    content = case.content
    body = {"stays": content["stays"], "leaves": content["leaves"], "items": content["keys"]}
    return Response(orjson.dumps(body), headers=NO_STORE | {"ETag": etag(case.version)}, media_type=JSON)


@router.post(
    "/v1/split-reviews/{urn}/assignments", operation_id="assignSplitRecords", response_model=api.PersonsReviewed
)
async def assign(
    urn: RecordUrn,
    body: api.SplitAssignments,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    sides = {each.item: each.to for each in body.assignments}
    return _answer(await reviewing.assign(desk, session, caller, urn, version, sides, body.reason))


@router.post("/v1/licence-reviews/{urn}/choices", operation_id="chooseLicence", response_model=api.PersonsReviewed)
async def choose(
    urn: RecordUrn,
    body: api.LicenceChoice,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return _answer(await reviewing.choose(desk, session, caller, urn, version, body.keep, body.reason))


def _answer(case: Case) -> Response:
    body = {"case": case.urn, "version": case.version, "state": case.state, "results": case.results[:MOST_RESULTS]}
    return Response(orjson.dumps(body), headers=NO_STORE | {"ETag": etag(case.version)}, media_type=JSON)
