"""Publishing records under another name: nothing but the name changes, whatever the record is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import orjson
from onewindow_kit.clock import now, stamp
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.service.desk import Desk
from transport.store import persons

LEGAL_BASIS = "户口登记条例 第十七条"
UNKNOWN = "?"
"""Before the old name while it is not decided whose a record is; nobody is its subject then."""


@dataclass(frozen=True, slots=True)
class Move:
    """A row from one name to another; ``subjects`` are those that it gets back if it had none."""

    row: Any
    old: str
    new: str
    subjects: Sequence[Mapping[str, Any]] = ()


async def refile(
    desk: Desk, session: AsyncSession, moves: Sequence[Move], change: Literal["merged", "corrected"], on: date
) -> dict[str, list[dict[str, Any]]]:
    """Each record's next version under its new name; the subjects that were hidden, by URN."""
    hidden: dict[str, list[dict[str, Any]]] = {}
    over = await persons.ended(session, [move.row.urn for move in moves])
    records = []
    for move in moves:
        persons.rename(move.row, move.old, move.new)
        move.row.version += 1
    await session.flush()
    for move in moves:
        row = move.row
        envelope = orjson.loads(await desk.records.current(session, row.urn) or b"{}")
        before = [*envelope["subjects"], *move.subjects]
        mine = [subject for subject in before if subject["pseudonym"] == move.old]
        others = [subject for subject in before if subject["pseudonym"] != move.old]
        if move.new.startswith(UNKNOWN):
            hidden[row.urn] = [subject | {"pseudonym": move.new} for subject in mine]
            mine = []
        envelope["subjects"] = [*(subject | {"pseudonym": move.new} for subject in mine), *others]
        recorded_at = now()
        kind = "ended" if row.urn in over else change
        envelope |= {
            "version": row.version,
            "change": kind,
            "effective_on": on.isoformat(),
            "recorded_at": stamp(recorded_at),
            "legal_basis": LEGAL_BASIS,
        }
        data, authority = orjson.dumps(envelope), envelope["authority"]
        contract = envelope["contract"]
        records.append(
            Record(contract, row.urn, row.version, kind, authority, data, recorded_at, ended=row.urn in over)
        )
    if records:
        await desk.records.publish(session, *records)
    return hidden
