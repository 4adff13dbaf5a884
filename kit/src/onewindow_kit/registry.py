"""What every registry offers besides its own operations: snapshots to rebuild from, and sending records again."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from sqlalchemy import select

from onewindow_kit import db
from onewindow_kit.edge import ContractRoute, IdempotencyKey, Session
from onewindow_kit.pages import LIMIT_DEFAULT, LIMIT_MAX, decode, encode
from onewindow_kit.problems import NotFound
from onewindow_kit.records import Records

URN = r"^urn:onewindow:[a-z][a-z0-9-]{0,30}[.][a-z][a-z0-9-]{0,40}:[a-z][a-z0-9-]{0,40}:[a-z2-7]{22}$"  # as in common.v1.yaml
RecordType = Annotated[str, Path(max_length=41, pattern=r"^[a-z][a-z0-9-]{0,40}$")]
Urn = Annotated[str, Path(max_length=160, pattern=URN)]
Cursor = Annotated[str | None, Query(min_length=1, max_length=1000, pattern=r"^[A-Za-z0-9_-]+$")]


def registry_router(topics: Mapping[str, str], page: type[Any], republished: type[Any]) -> APIRouter:
    """``readSnapshot``, ``republishRegistry`` and ``republishRecord`` for ``topics`` (record type to topic).

    ``page`` and ``republished`` are the contract's models of the answers; ``app.state.records`` must hold the Records.
    """
    router = APIRouter(route_class=ContractRoute)

    def topic(record_type: str) -> str:
        if record_type not in topics:
            raise NotFound
        return topics[record_type]

    @router.get("/v1/snapshots/{record_type}", operation_id="readSnapshot", response_model=page)
    async def read_snapshot(
        record_type: RecordType,
        session: Session,
        request: Request,
        cursor: Cursor = None,
        limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = LIMIT_DEFAULT,
    ) -> Response:
        records: Records = request.app.state.records
        position = decode(cursor, str)
        found = await records.snapshot(session, topic(record_type), position[0] if position else None, limit)
        following = b"null" if found.next is None else b'"%s"' % encode(found.next).encode()
        # Envelopes are stored as the JSON that was published: joined, never parsed.
        body = b'{"items":[%s],"next":%s}' % (b",".join(found.envelopes), following)
        return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})

    @router.post(
        "/v1/snapshots/{record_type}/republication", operation_id="republishRegistry", response_model=republished
    )
    async def republish_registry(
        record_type: RecordType, session: Session, request: Request, _key: IdempotencyKey
    ) -> Any:
        return {"republished": await request.app.state.records.republish(session, topic(record_type))}

    @router.post("/v1/records/{urn}/republication", operation_id="republishRecord", response_model=republished)
    async def republish_record(urn: Urn, session: Session, request: Request, _key: IdempotencyKey) -> Any:
        found = await session.execute(select(db.record.c.topic).where(db.record.c.urn == urn))
        if found.scalar_one_or_none() not in topics.values():
            raise NotFound
        return {"republished": await request.app.state.records.republish(session, urn)}

    return router
