"""Adverse acts in the database: all SQL of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Select, Text, bindparam, cast, delete, func, insert, select, text, union, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.adverse.act import Act, Officer, Ruling
from onewindow_kit.adverse.table import adverse_act, adverse_matter
from onewindow_kit.problems import VersionConflict
from onewindow_kit.sealing import Sealer

TABLE, MATTER = adverse_act.c, adverse_matter.c
_TURN = text("select pg_advisory_xact_lock(hashtextextended(:place, 0))")


class Store:
    """Reads and writes acts in the caller's transaction."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    async def add(self, session: AsyncSession, acts: Sequence[Act]) -> None:
        if acts:
            rows = [self._row(act) for act in acts]
            await (await session.connection()).execute(insert(adverse_act), rows)

    async def keep(self, session: AsyncSession, acts: Sequence[Act]) -> None:
        """The newest version of stored acts, whose rows the caller holds."""
        if not acts:
            return
        statement = (
            update(adverse_act)
            .where(TABLE.urn == bindparam("b_urn"))
            .values({name: bindparam(f"b_{name}") for name in ("version", "state", "subject", "data")})
        )
        rows = [{f"b_{name}": value for name, value in self._row(act).items()} for act in acts]
        kept = ("b_urn", "b_version", "b_state", "b_subject", "b_data")
        await (await session.connection()).execute(statement, [{name: row[name] for name in kept} for row in rows])

    async def held(self, session: AsyncSession, wanted: Sequence[tuple[str, int]]) -> list[Act]:
        """The acts at the versions named, locked until the transaction ends, in order of URN; unknown ones are left out.

        VersionConflict when one has moved on.
        """
        urns = [urn for urn, _ in wanted]
        query = select(adverse_act).where(TABLE.urn.in_(urns)).order_by(TABLE.urn).with_for_update()
        acts, versions = await self._acts(session, query), dict(wanted)
        if any(act.version != versions[act.urn] for act in acts):
            raise VersionConflict
        return acts

    async def read(self, session: AsyncSession, urn: str) -> Act | None:
        return next(iter(await self._acts(session, select(adverse_act).where(TABLE.urn == urn))), None)

    async def listed(
        self, session: AsyncSession, authority: str | None, state: str, after: str, limit: int
    ) -> list[Act]:
        """Acts in a state, of one authority or of all, in order of URN."""
        query = select(adverse_act).where(TABLE.state == state, TABLE.urn > after).order_by(TABLE.urn).limit(limit)
        return await self._acts(session, query if authority is None else query.where(TABLE.authority == authority))

    async def of_person(self, session: AsyncSession, pseudonym: str) -> list[Act]:
        query = select(adverse_act).where(TABLE.subject == pseudonym).order_by(TABLE.urn).with_for_update()
        return await self._acts(session, query)

    async def people_of_day(self, session: AsyncSession, authority: str, on: date, more: Iterable[str] = ()) -> int:
        """How many people officers of an office wrote adverse acts on that day about, ``more`` included.

        The office's day is locked until the transaction ends: two commands at once cannot both stay below a limit.
        """
        connection = await session.connection()
        await connection.execute(_TURN, {"place": f"adverse|{authority}|{on}"})
        of_day = (TABLE.authority == authority) & (TABLE.acted_on == on) & TABLE.officer.is_not(None)
        told = select(TABLE.subject).where(of_day)
        given = select(func.unnest(cast(sorted(set(more)), ARRAY(Text))).label("subject"))
        people = union(told, given).subquery()
        return (await connection.execute(select(func.count()).select_from(people))).scalar_one()

    async def in_dispute(self, session: AsyncSession, people: Iterable[str], authority: str) -> set[str]:
        """Those of the people who have asked or dispute something that the authority did."""
        query = select(MATTER.subject).where(MATTER.subject.in_(sorted(set(people))), MATTER.authority == authority)
        return set((await (await session.connection()).execute(query)).scalars())

    async def matter(
        self, session: AsyncSession, urn: str, subject: str, authority: str, *, is_open: bool, about: str | None = None
    ) -> None:
        """A question or dispute is open, or no longer."""
        connection = await session.connection()
        if not is_open:
            await connection.execute(delete(adverse_matter).where(MATTER.urn == urn))
            return
        row = {"subject": subject, "authority": authority, "about": about}
        statement = upsert(adverse_matter).values(urn=urn, **row)
        await connection.execute(statement.on_conflict_do_update(index_elements=["urn"], set_=row))

    async def rename(self, session: AsyncSession, old: str, new: str) -> None:
        """Open matters of a person follow to another pseudonym."""
        await (await session.connection()).execute(
            update(adverse_matter).where(MATTER.subject == old).values(subject=new)
        )

    async def _acts(self, session: AsyncSession, query: Select[Any]) -> list[Act]:
        rows = (await (await session.connection()).execute(query)).all()
        return [self._act(row) for row in rows]

    def _row(self, act: Act) -> dict[str, Any]:
        columns = ("urn", "version", "kind", "state", "authority", "subject", "acted_on")
        row = {name: getattr(act, name) for name in columns}
        data = self._sealer.seal_own("fields", _place(act.urn), orjson.dumps(asdict(act)))
        return row | {"officer": act.author.id, "data": data}

    def _act(self, row: Any) -> Act:
        kept = orjson.loads(self._sealer.open_own("fields", _place(row.urn), bytes(row.data)))
        read = {
            "author": Officer(**kept["author"]),
            "rulings": tuple(Ruling(**each | {"on": date.fromisoformat(each["on"])}) for each in kept["rulings"]),
        }
        read |= {name: tuple(kept[name]) for name in ("evidence", "concerns", "held_for", "results")}
        read |= {name: _day(kept[name]) for name in ("acted_on", "in_force_on", "undone_on")}
        return Act(**kept | read)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _place(urn: str) -> str:
    return f"adverse-act|{urn}"
