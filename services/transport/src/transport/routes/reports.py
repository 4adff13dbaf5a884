"""Reports by citizens over HTTP: handed in by one side, decided by the other, who reported known to neither answer."""

import base64
from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Query, Response
from onewindow_contracts.common import Id
from onewindow_contracts.models import transport_reports as api
from onewindow_contracts.models.records.transport_report import ReportState
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session, etag

from transport.domain.plates import Plate
from transport.routes.answers import JSON, LIMIT, NO_STORE, Cursor, Limit, RecordUrn, TheDesk, found, page
from transport.routes.callers import own
from transport.service.roads import report_files
from transport.service.roads import reports as service
from transport.service.roads.reports import Ruling, Sighting

router = APIRouter(route_class=ContractRoute)
PATH = "/v1/reports"


@router.post(PATH, operation_id="submitReport", status_code=201, response_model=api.ReportReceipt)
async def submit(
    body: api.ReportSubmission, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    plate = Plate(body.plate.type, body.plate.number)
    shown = await service.pictures(desk, [(file.media_type, file.content) for file in body.evidence])
    seen = Sighting(body.kind, plate, body.occurred_on, body.place, body.description)
    record = await service.submit(desk, session, reporter=own(caller), seen=seen, shown=shown)
    told = orjson.loads(record.data)["body"]
    receipt = {
        "report": record.urn,
        "version": record.version,
        "state": told["state"],
        "decide_by": told["decide_by"],
        "received": [picture.received_sha256 for picture in shown],
    }
    return Response(orjson.dumps(receipt), 201, NO_STORE | {"ETag": etag(record.version)}, JSON)


@router.get(PATH, operation_id="listReports", response_model=api.ReportPage)
async def list_by_state(
    session: Session,
    state: Annotated[ReportState, Query()],
    cursor: Cursor = None,
    limit: Limit = LIMIT,
) -> Response:
    return page(await report_files.page(session, state, cursor, limit))


@router.get(PATH + "/{urn}", operation_id="readReport", response_model=api.ReportFile)
async def read(urn: RecordUrn, session: Session) -> Response:
    return found(*await report_files.one(session, urn))


@router.get(PATH + "/{urn}/evidence/{id}", operation_id="readEvidence", response_model=api.EvidencePicture)
async def read_evidence(urn: RecordUrn, id: Annotated[Id, Path()], session: Session) -> Response:
    media_type, content = await service.picture(session, urn, id)
    body = {"media_type": media_type, "content": base64.b64encode(content).decode()}
    return Response(orjson.dumps(body), headers=NO_STORE, media_type=JSON)


@router.post(PATH + "/{urn}/decisions", operation_id="decideReport", response_model=api.ReportFile)
async def decide(
    urn: RecordUrn,
    body: api.ReportRuling,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    violation = body.violation.model_dump() if body.violation is not None else {}
    await service.decide(desk, session, urn, version, Ruling(body.outcome, body.reason, **violation), caller.actor)
    return found(*await report_files.one(session, urn))
