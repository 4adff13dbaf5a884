"""Reading records: one with its version, pages of envelopes as they were published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from onewindow_kit.pages import decode, encode
from onewindow_kit.problems import NotFound
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.plates import Plate
from transport.service.desk import Desk
from transport.store import plates, rows
from transport.tables import Plate as PlateRow
from transport.tables import Table, Vehicle

Kind = TypeVar("Kind", bound=Table)


async def one(desk: Desk, session: AsyncSession, kind: type[Kind], urn: str) -> tuple[bytes, int]:
    """The envelope and its version; NotFound also for a record of another kind."""
    row = await rows.read(session, kind, urn)
    envelope = await desk.records.current(session, urn)
    if envelope is None:
        raise NotFound
    return envelope, row.version


async def page(
    desk: Desk, session: AsyncSession, kind: type[Kind], conditions: Sequence[Any], cursor: str | None, limit: int
) -> bytes:
    """``{"items": […], "next": …}`` of the records under ``conditions``, in order of URN."""
    position = decode(cursor, str)
    urns, last = await rows.urns(session, kind, conditions, position[0] if position else None, limit)
    sealer = desk.records.sealer
    envelopes = [
        sealer.open(row.topic, row.key_id, row.urn, row.version, row.data) for row in await rows.sealed(session, urns)
    ]
    following = b"null" if last is None else b'"%s"' % encode(last).encode()
    return b'{"items":[%s],"next":%s}' % (b",".join(envelopes), following)


async def vehicle_with_plate(desk: Desk, session: AsyncSession, plate: Plate) -> tuple[bytes, int]:
    urn = await plates.vehicle_with(session, plate)
    if urn is None:
        raise NotFound
    return await one(desk, session, Vehicle, urn)


async def plate_rights(desk: Desk, session: AsyncSession, person: str) -> Sequence[PlateRow]:
    """Former plates that the person may reclaim today."""
    return await plates.kept_for(session, person, desk.today())
