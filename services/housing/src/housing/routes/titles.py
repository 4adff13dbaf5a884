"""Titles: first registration and everything that changes one."""

from fastapi import APIRouter, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import housing as api
from onewindow_kit.edge import ContractRoute, IdempotencyKey, IfMatch, Session

from housing.routes.parts import Authority, TheRegistry, answer, created
from housing.service import amendment, cancellation, registration, shares, succession, transfer

router = APIRouter(route_class=ContractRoute)


@router.post("/v1/titles", operation_id="registerTitle", status_code=201, response_model=api.TitleRecord)
async def register_title(
    body: api.RegisterTitle, session: Session, registry: TheRegistry, authority: Authority, _key: IdempotencyKey
) -> Response:
    return created(await registration.register(session, registry, authority, body), "titles")


@router.post("/v1/titles/{urn}/transfer", operation_id="transferTitle", response_model=api.TitleRecord)
async def transfer_title(
    urn: Urn,
    body: api.TransferTitle,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await transfer.transfer(session, registry, authority, urn, version, body))


@router.post("/v1/titles/{urn}/share-transfer", operation_id="transferShare", response_model=api.TitleRecord)
async def transfer_share(
    urn: Urn,
    body: api.TransferShare,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await transfer.transfer_share(session, registry, authority, urn, version, body))


@router.post("/v1/titles/{urn}/shares", operation_id="varyShares", response_model=api.TitleRecord)
async def vary_shares(
    urn: Urn,
    body: api.VaryShares,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await shares.vary(session, registry, authority, urn, version, body))


@router.post("/v1/titles/{urn}/succession", operation_id="succeedToTitle", response_model=api.TitleRecord)
async def succeed_to_title(
    urn: Urn,
    body: api.SucceedToTitle,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await succession.succeed(session, registry, authority, urn, version, body))


@router.post("/v1/titles/{urn}/variation", operation_id="varyTitle", response_model=api.TitleRecord)
async def vary_title(
    urn: Urn,
    body: api.VaryTitle,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await amendment.vary(session, registry, authority, urn, version, body))


@router.post("/v1/titles/{urn}/correction", operation_id="correctTitle", response_model=api.TitleRecord)
async def correct_title(
    urn: Urn,
    body: api.CorrectTitle,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await amendment.correct(session, registry, authority, urn, version, body))


@router.post("/v1/titles/{urn}/cancellation", operation_id="cancelTitle", response_model=api.TitleRecord)
async def cancel_title(
    urn: Urn,
    body: api.CancelTitle,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await cancellation.cancel(session, registry, authority, urn, version, body))
