"""Erasing a person from a department's published records, on the kit's ``record`` table alone.

A record that concerns this person alone is published as ``erased``; from one with other subjects the person is taken out.
Where its body names the person a pseudonym that is nobody's stands from then on, so that it stays as its contract says.
The department's own tables are not touched: what must stay in a register, and how, is its own law's matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import select, text
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit import db
from onewindow_kit.clock import now, stamp
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.pseudonyms.pseudonym import PATTERN
from onewindow_kit.records import Record, Records
from onewindow_kit.waker import CHANNEL

PAGE = 1000
_NAME = re.compile(rb'"(' + PATTERN.encode() + rb')"')
_WAITING = text("select exists(select from outbox where urn = any(:urns) and published_at is null)")
# The outbox keeps what was published for a day; of what has been superseded it need not.
_SUPERSEDED = text(
    "delete from outbox o using record r where r.urn = o.urn and r.version > o.version and o.published_at is not null"
)


@dataclass
class Found:
    """Records by type (``department.record-type``): of this person ``alone``, and ``shared`` with others. ``urns``: all."""

    alone: Counter[str] = field(default_factory=Counter)
    shared: Counter[str] = field(default_factory=Counter)
    urns: list[str] = field(default_factory=list)

    def add(self, row: Any, alone: bool) -> None:
        (self.alone if alone else self.shared)[row.topic.rpartition(".")[0]] += 1
        self.urns.append(row.urn)


class Erasure:
    """``names``: the person's pseudonyms as this department knows them, of any generation.

    Every method commits nothing; ``carry_out`` is called again and again, each time in a transaction of its own, until it
    comes back with None. Broken off anywhere it begins anew: what is done is found no more.
    """

    def __init__(self, records: Records, names: Collection[str]) -> None:
        for name in names:
            Pseudonym.parse(name)
        self._records = records
        self._names = frozenset(name.encode() for name in names)

    async def find(self, session: AsyncSession) -> Found:
        """What there is to do."""
        found = Found()
        async for rows in self._pages(session, ""):
            for row, data in self._naming(rows):
                found.add(row, self._alone(data))
        return found

    async def carry_out(self, session: AsyncSession, after: str, legal_basis: str, found: Found) -> str | None:
        """Publish what the next page after the URN ``after`` needs, counted in ``found``; where to go on, None at the end."""
        async for rows in self._pages(session, after):
            if hits := [row.urn for row, _ in self._naming(rows)]:
                locked = select(db.record).where(db.record.c.urn.in_(hits)).order_by(db.record.c.urn).with_for_update()
                current = (await (await session.connection()).execute(locked)).all()
                changed = []
                for row, data in self._naming([row for row in current if row.data is not None]):
                    found.add(row, self._alone(data))
                    changed.append(self._after(row, data, legal_basis))
                await self._records.publish(session, *changed)
                await (await session.connection()).execute(text(f"notify {CHANNEL}"))
            return rows[-1].urn
        return None

    async def waiting(self, session: AsyncSession, urns: Sequence[str]) -> bool:
        """Whether the relay has yet to publish something of these records."""
        return (await (await session.connection()).execute(_WAITING, {"urns": list(urns)})).scalar_one()

    async def prune(self, session: AsyncSession) -> None:
        """Earlier states that were published go from the outbox at once."""
        await (await session.connection()).execute(_SUPERSEDED)

    async def _pages(self, session: AsyncSession, after: str) -> AsyncIterator[Sequence[Any]]:
        while True:
            query = select(db.record).where(db.record.c.data.is_not(None), db.record.c.urn > after)
            rows = (await (await session.connection()).execute(query.order_by(db.record.c.urn).limit(PAGE))).all()
            if not rows:
                return
            yield rows
            after = rows[-1].urn

    def _naming(self, rows: Sequence[Any]) -> list[tuple[Any, bytes]]:
        opened = ((row, self._open(row)) for row in rows)
        return [(row, data) for row, data in opened if any(name in data for name in self._names)]

    def _open(self, row: Any) -> bytes:
        return self._records.sealer.open(row.topic, row.key_id, row.urn, row.version, row.data)

    def _alone(self, data: bytes) -> bool:
        """Nobody else is a subject; of a record without subjects: nobody else stands anywhere in it."""
        subjects = orjson.loads(data)["subjects"]
        people = {each["pseudonym"].encode() for each in subjects} or set(_NAME.findall(data))
        return people <= self._names

    def _after(self, row: Any, data: bytes, legal_basis: str) -> Record:
        at, version = now(), row.version + 1
        if self._alone(data):
            return Record(row.topic, row.urn, version, "erased", row.authority, b"", at)
        envelope = orjson.loads(_NAME.sub(self._nobody(), data))
        kept = [each for each in orjson.loads(data)["subjects"] if each["pseudonym"].encode() not in self._names]
        envelope |= {"version": version, "change": "corrected", "recorded_at": stamp(at), "legal_basis": legal_basis}
        envelope["subjects"] = kept
        return Record(row.topic, row.urn, version, "corrected", row.authority, orjson.dumps(envelope), at, row.ended)

    def _nobody(self) -> Any:
        """Replaces this person's names by one that is new in each record, so that nothing joins the records any more."""
        fresh: dict[str, bytes] = {}

        def replaced(match: re.Match[bytes]) -> bytes:
            if match[1] not in self._names:
                return match[0]
            sector = match[1].partition(b".")[0].decode()
            return b'"' + fresh.setdefault(sector, str(Pseudonym.new(sector)).encode()) + b'"'

        return replaced
