"""The plate lottery over HTTP: the office's steps, the parties', the applicants', and what everybody may read."""

from datetime import datetime
from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Response
from onewindow_contracts.models import transport_lottery as api
from onewindow_kit import clock
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session, etag
from onewindow_kit.records import Record
from sqlmodel import col

from transport.domain.lottery.parties import Party
from transport.domain.lottery.pool import PublicValue
from transport.routes.answers import (
    JSON,
    LIMIT,
    NO_STORE,
    Cursor,
    Limit,
    RecordUrn,
    TheDesk,
    changed,
    created,
    found,
    own,
    page,
)
from transport.service import reading
from transport.service.lottery import drawing, entering, freezing, preparing
from transport.service.lottery import reading as published
from transport.tables import PlateQuota

router = APIRouter(route_class=ContractRoute)
PATH = "/v1/lotteries"
Code = Annotated[str, Path(min_length=64, max_length=64, pattern="^[0-9a-f]{64}$")]


@router.post(PATH, operation_id="openLottery", status_code=201, response_model=api.LotteryDrawRecord)
async def open_lottery(body: api.LotteryOpening, session: Session, desk: TheDesk, _key: IdempotencyKey) -> Response:
    record = await preparing.open_pool(
        desk,
        session,
        period=body.period,
        quota=body.quota,
        freeze_on=body.freeze_on,
        parties=[Party(each.party, each.title, each.public_key) for each in body.parties],
        now=clock.now(),
        legal_basis=body.legal_basis,
    )
    return created(record, PATH)


@router.get(PATH, operation_id="listLotteries", response_model=api.LotteryDrawPage)
async def list_lotteries(session: Session, desk: TheDesk, cursor: Cursor = None, limit: Limit = LIMIT) -> Response:
    return page(await published.page(desk, session, cursor, limit))


@router.get(PATH + "/{urn}", operation_id="readLottery", response_model=api.LotteryDrawRecord)
async def read(urn: RecordUrn, session: Session, desk: TheDesk) -> Response:
    return found(*await published.one(desk, session, urn))


@router.post(PATH + "/{urn}/commitments", operation_id="commitToLottery", response_model=api.LotteryDrawRecord)
async def commit(
    urn: RecordUrn, body: api.LotteryCommitment, session: Session, desk: TheDesk, _key: IdempotencyKey
) -> Response:
    record = await preparing.commit(
        desk, session, urn, party=body.party, commitment=body.commitment, signature=body.signature
    )
    return changed(record)


@router.post(PATH + "/{urn}/entries", operation_id="joinLottery", status_code=201, response_model=api.EntryReceipt)
async def join(urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey) -> Response:
    return _receipt(await entering.join(desk, session, urn, applicant=own(caller), now=clock.now()), 201)


@router.get(PATH + "/{urn}/entries", operation_id="listLotteryEntries", response_model=api.LotteryEntryPage)
async def list_entries(urn: RecordUrn, session: Session, cursor: Cursor = None, limit: Limit = LIMIT) -> Response:
    lines, following = await published.listed(session, urn, cursor, limit)
    items = [{"code": line.code, "weight": line.weight} for line in lines]
    return page(orjson.dumps({"items": items, "next": following}))


@router.get(PATH + "/{urn}/entries/{code}", operation_id="readLotteryEntry", response_model=api.LotteryProof)
async def read_entry(urn: RecordUrn, code: Code, session: Session) -> Response:
    proof = await published.prove(session, urn, code)
    line = {"code": proof.entry.code, "weight": proof.entry.weight}
    return page(orjson.dumps(line | {"index": proof.index, "size": proof.size, "path": proof.path}))


@router.post("/v1/lottery-entries/{urn}/withdrawals", operation_id="leaveLottery", response_model=api.EntryReceipt)
async def leave(
    urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller, version: IfMatch, _key: IdempotencyKey
) -> Response:
    return _receipt(await entering.leave(desk, session, urn, version, applicant=own(caller)), 200)


@router.post(PATH + "/{urn}/freezes", operation_id="freezeLottery", response_model=api.LotteryDrawRecord)
async def freeze(
    urn: RecordUrn, body: api.LotteryFreeze, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    value = PublicValue(body.source, body.reference, datetime.fromisoformat(str(body.due_at)))
    record = await freezing.freeze(
        desk, session, urn, version, public_value=value, now=clock.now, legal_basis=body.legal_basis
    )
    return changed(record)


@router.post(PATH + "/{urn}/reveals", operation_id="revealToLottery", response_model=api.LotteryDrawRecord)
async def reveal(
    urn: RecordUrn, body: api.LotteryReveal, session: Session, desk: TheDesk, _key: IdempotencyKey
) -> Response:
    return changed(await preparing.reveal(desk, session, urn, party=body.party, secret=body.secret, now=clock.now()))


@router.post(PATH + "/{urn}/draws", operation_id="drawLottery", response_model=api.LotteryDrawRecord)
async def draw(
    urn: RecordUrn, body: api.LotteryDrawing, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await drawing.draw(
        desk, session, urn, version, value=body.value, now=clock.now(), legal_basis=body.legal_basis
    )
    return changed(record)


@router.post(PATH + "/{urn}/awards", operation_id="awardLottery", response_model=api.LotteryDrawRecord)
async def award(
    urn: RecordUrn, body: api.LotteryAward, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    return changed(await drawing.award(desk, session, urn, version, legal_basis=body.legal_basis))


@router.post("/v1/plate-quota-lookups", operation_id="lookUpPlateQuotas", response_model=api.PlateQuotaPage)
async def look_up_quotas(
    body: api.HolderOfQuotas, session: Session, desk: TheDesk, cursor: Cursor = None, limit: Limit = LIMIT
) -> Response:
    theirs = [col(PlateQuota.holder) == body.holder]
    return page(await reading.page(desk, session, PlateQuota, theirs, cursor, limit))


def _receipt(record: Record, status: int) -> Response:
    """A citizen's command answers without envelope: the record reaches its applicant through the window."""
    body = orjson.loads(record.data)["body"]
    kept = {name: body[name] for name in ("state", "code", "opening")}
    answer = orjson.dumps({"entry": record.urn, "version": record.version} | kept)
    return Response(answer, status, NO_STORE | {"ETag": etag(record.version)}, JSON)
