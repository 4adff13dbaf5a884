"""Allotments over HTTP: translate, delegate, answer. The edge admits, commits and remembers."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from onewindow_contracts.common import Contract, Pseudonym, Urn
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session, etag
from pydantic import StringConstraints

from parks import service
from parks.service import Desk

router = APIRouter(route_class=ContractRoute)


class GrantAllotment(Contract):
    """As in the contract. By hand, because models are generated from this repository's own contracts only."""

    holder: Pseudonym
    plot: Annotated[str, StringConstraints(max_length=6, pattern=r"^[A-Z][0-9]{1,5}$")]


async def _desk(request: Request) -> Desk:
    return request.app.state.desk


TheDesk = Annotated[Desk, Depends(_desk)]


@router.post("/v1/allotments", operation_id="grantAllotment", status_code=201)
async def grant_allotment(
    body: GrantAllotment, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    record = await service.grant(session, desk, str(caller.authority), body.holder, body.plot)
    return Response(record.data, 201, {"ETag": etag(record.version)}, "application/json")


@router.delete("/v1/allotments/{urn}", operation_id="endAllotment", status_code=204)
async def end_allotment(
    urn: Urn, session: Session, desk: TheDesk, caller: Caller, version: IfMatch, _key: IdempotencyKey
) -> Response:
    await service.end(session, desk, caller, urn, version)
    return Response(status_code=204)
