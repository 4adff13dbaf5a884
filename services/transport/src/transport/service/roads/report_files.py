"""Reports as the officers who decide them read them: who reported is left out."""

from __future__ import annotations

from typing import Any

import orjson
from onewindow_kit.pages import decode, encode
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.service.roads.reports import evidence_of
from transport.store import rows
from transport.tables import Report


async def one(session: AsyncSession, urn: str) -> tuple[bytes, int]:
    """The file and its version; NotFound."""
    row = await rows.read(session, Report, urn)
    return orjson.dumps(await _file(session, row)), row.version


async def page(session: AsyncSession, state: str, cursor: str | None, limit: int) -> bytes:
    """``{"items": […], "next": …}`` of reports in a state, in order of URN."""
    position = decode(cursor, str)
    urns, last = await rows.urns(
        session, Report, [col(Report.state) == state], position[0] if position else None, limit
    )
    items = [await _file(session, await rows.read(session, Report, urn)) for urn in urns]
    return orjson.dumps({"items": items, "next": None if last is None else encode(last)})


async def _file(session: AsyncSession, row: Report) -> dict[str, Any]:
    return {
        "report": row.urn,
        "version": row.version,
        "state": row.state,
        "kind": row.kind,
        "plate": {"type": row.plate_type, "number": row.plate_number},
        "occurred_on": row.occurred_on,
        "place": row.place,
        "description": row.description,
        "submitted_on": row.submitted_on,
        "decide_by": row.decide_by,
        "decided_on": row.decided_on,
        "reason": row.decision_reason,
        "violation": row.violation,
        "evidence": [
            {
                "id": each.id,
                "media_type": each.media_type,
                "width": each.width,
                "height": each.height,
                "received_sha256": each.received_sha256,
                "stored_sha256": each.stored_sha256,
            }
            for each in await evidence_of(session, row.urn)
        ],
    }
