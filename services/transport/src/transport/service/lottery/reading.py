"""What everybody may read of the lottery: pools, the frozen list, and proof that a code is on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson
from onewindow_kit.clock import stamp
from onewindow_kit.pages import decode, encode
from onewindow_kit.problems import InvalidCursor, NotFound
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.lottery.draw import Listed, proof
from transport.domain.lottery.problems import LotteryNotFrozen
from transport.service import reading
from transport.service.desk import Desk
from transport.store import rows
from transport.store.lottery import entries, pools
from transport.tables import Lottery


@dataclass(frozen=True, slots=True)
class Proof:
    """A code's place on the list of ``size`` lines and the hashes from it to the root."""

    entry: Listed
    index: int
    size: int
    path: list[str]


async def page(desk: Desk, session: AsyncSession, cursor: str | None, limit: int) -> bytes:
    """Pools, newest first, as they were published."""
    found, last = await pools.newest(session, _position(cursor), limit)
    envelopes = [await desk.records.current(session, urn) or b"" for urn in found]
    following = None if last is None else encode(stamp(last[0]), last[1])
    return b'{"items":[%s],"next":%s}' % (b",".join(envelopes), orjson.dumps(following))


def _position(cursor: str | None) -> tuple[datetime, str] | None:
    position = decode(cursor, str, str)
    if position is None:
        return None
    try:
        return datetime.fromisoformat(position[0]), position[1]
    except ValueError as error:
        raise InvalidCursor from error


async def listed(session: AsyncSession, urn: str, cursor: str | None, limit: int) -> tuple[list[Listed], str | None]:
    """A page of the frozen list, and the cursor of the next."""
    await _frozen(session, urn)
    position = decode(cursor, str)
    lines, last = await entries.page(session, urn, position[0] if position else "", limit)
    return lines, None if last is None else encode(last)


async def prove(session: AsyncSession, urn: str, code: str) -> Proof:
    """NotFound for a code that is not on the list."""
    await _frozen(session, urn)
    lines = await entries.listed(session, urn)
    found = proof(lines, code)
    if found is None:
        raise NotFound
    index, path = found
    return Proof(lines[index], index, len(lines), path)


async def one(desk: Desk, session: AsyncSession, urn: str) -> tuple[bytes, int]:
    return await reading.one(desk, session, Lottery, urn)


async def _frozen(session: AsyncSession, urn: str) -> None:
    if (await rows.read(session, Lottery, urn)).root is None:
        raise LotteryNotFrozen
