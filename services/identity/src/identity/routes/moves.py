"""Moves between registers."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import identity as api
from onewindow_kit.edge import ContractRoute, IdempotencyKey, IfMatch
from onewindow_kit.problems import NotFound

from identity.routes.desks import AsCitizen, AtDesk, tag
from identity.service import dossiers, moves
from identity.service.desk import Desk
from identity.store.registers import move as stored_move
from identity.tables import Move

router = APIRouter(route_class=ContractRoute)
MovePath = Annotated[Urn, Path(description="The move.")]


async def _file(desk: Desk, move: Move, response: Response) -> api.MoveFile:
    await desk.changes.publish()
    tag(response, move.version)
    return await dossiers.move(desk, move)


@router.post("/v1/moves", operation_id="permitMove", status_code=201)
async def permit_move(command: api.MoveCommand, desk: AtDesk, response: Response, _key: IdempotencyKey) -> api.MoveFile:
    return await _file(desk, await moves.permit(desk, command), response)


@router.post("/v1/move-requests", operation_id="requestMove", status_code=201)
async def request_move(
    command: api.MoveRequest, desk: AtDesk, citizen: AsCitizen, response: Response, _key: IdempotencyKey
) -> api.MoveFile:
    return await _file(desk, await moves.request(desk, citizen or "", command), response)


@router.get("/v1/moves/{move}", operation_id="readMove")
async def read_move(move: MovePath, desk: AtDesk, response: Response) -> api.MoveFile:
    found = await stored_move(desk.session, move)
    if found is None:
        raise NotFound
    return await _file(desk, found, response)


@router.post("/v1/moves/{move}/decision", operation_id="decideMove")
async def decide_move(
    move: MovePath,
    command: api.MoveDecision,
    desk: AtDesk,
    version: IfMatch,
    response: Response,
    _key: IdempotencyKey,
) -> api.MoveFile:
    return await _file(desk, await moves.decide(desk, move, version, command), response)


@router.post("/v1/moves/{move}/certificate", operation_id="certifyMove")
async def certify_move(
    move: MovePath,
    command: api.CertificateCommand,
    desk: AtDesk,
    version: IfMatch,
    response: Response,
    _key: IdempotencyKey,
) -> api.MoveFile:
    return await _file(desk, await moves.certify(desk, move, version, command), response)


@router.post("/v1/moves/{move}/arrival", operation_id="completeMove")
async def complete_move(
    move: MovePath,
    command: api.ArrivalCommand,
    desk: AtDesk,
    version: IfMatch,
    response: Response,
    _key: IdempotencyKey,
) -> api.MoveFile:
    return await _file(desk, await moves.arrive(desk, move, version, command), response)


@router.post("/v1/moves/{move}/withdrawal", operation_id="withdrawMove")
async def withdraw_move(
    move: MovePath,
    _command: api.MoveWithdrawal,
    desk: AtDesk,
    citizen: AsCitizen,
    response: Response,
    _key: IdempotencyKey,
) -> api.MoveFile:
    return await _file(desk, await moves.withdraw(desk, move, citizen), response)


@router.post("/v1/move-expiries", operation_id="expireMoves")
async def expire_moves(desk: AtDesk, _key: IdempotencyKey) -> api.MoveExpiry:
    reopened = await moves.expire(desk)
    await desk.changes.publish()
    return api.MoveExpiry(reopened=reopened)
