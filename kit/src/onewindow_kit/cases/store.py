"""Cases in the database and as the records that the world sees."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Select, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.cases.case import Case, Decision, Party, Term
from onewindow_kit.cases.table import case_file
from onewindow_kit.clock import now, stamp
from onewindow_kit.problems import VersionConflict
from onewindow_kit.records import Record
from onewindow_kit.sealing import Sealer

TABLE = case_file.c


class Store:
    """Reads and writes cases in the caller's transaction."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    async def add(self, session: AsyncSession, case: Case) -> None:
        await (await session.connection()).execute(insert(case_file).values(self._row(case)))

    async def keep(self, session: AsyncSession, case: Case) -> None:
        """The next version of a stored case; VersionConflict when another was faster."""
        previous = (TABLE.urn == case.urn) & (TABLE.version == case.version - 1)
        written = await (await session.connection()).execute(update(case_file).where(previous).values(self._row(case)))
        if written.rowcount != 1:
            raise VersionConflict

    async def held(self, session: AsyncSession, urn: str) -> Case | None:
        """The case, locked until the transaction ends."""
        return next(iter(await self._cases(session, select(case_file).where(TABLE.urn == urn).with_for_update())), None)

    async def read(self, session: AsyncSession, urn: str) -> Case | None:
        return next(iter(await self._cases(session, select(case_file).where(TABLE.urn == urn))), None)

    async def listed(self, session: AsyncSession, where: Any, after: str, limit: int) -> list[Case]:
        """Up to ``limit`` cases in order of URN."""
        query = select(case_file).where(where, TABLE.urn > after).order_by(TABLE.urn).limit(limit)
        return await self._cases(session, query)

    async def lapsing(self, session: AsyncSession, on: date, limit: int) -> list[Case]:
        """Cases whose parties did not answer in time, locked; those that others hold are left to them."""
        late = (TABLE.state == "awaiting-parties") & (TABLE.respond_by < on)
        query = select(case_file).where(late).limit(limit).with_for_update(skip_locked=True)
        return await self._cases(session, query)

    async def _cases(self, session: AsyncSession, query: Select[Any]) -> list[Case]:
        rows = (await (await session.connection()).execute(query)).all()
        return [self._case(row) for row in rows]

    def _row(self, case: Case) -> dict[str, Any]:
        columns = ("urn", "version", "kind", "state", "authority", "applied_on", "respond_by", "decide_by")
        data = orjson.dumps({**asdict(case), "hidden": sorted(case.hidden)})
        row = {name: getattr(case, name) for name in columns}
        return row | {"people": sorted(case.people), "data": self._sealer.seal_own("fields", _place(case.urn), data)}

    def _case(self, row: Any) -> Case:
        kept = orjson.loads(self._sealer.open_own("fields", _place(row.urn), bytes(row.data)))
        decision = kept["decision"]
        if decision is not None:
            read = {"decided_on": date.fromisoformat(decision["decided_on"])}
            decision = Decision(**decision | read | {"evidence": tuple(decision.get("evidence", ()))})
        read = {
            "parties": tuple(Party(**party) for party in kept["parties"]),
            "terms": tuple(Term(**term) for term in kept.get("terms", ())),
            "concerns": tuple(kept["concerns"]),
            "results": tuple(kept["results"]),
            "decision": decision,
            "hidden": frozenset(kept["hidden"]),
            "applied_on": row.applied_on,
            "respond_by": row.respond_by,
            "decide_by": row.decide_by,
        }
        return Case(**kept | read)


def record_of(case: Case, topic: str, change: str, legal_basis: str, on: date) -> Record:
    """The case as its applicant and parties see it: its content and who they are stay with the department."""
    at = now()
    shown = {"until": None, "from": case.applied_on}
    subjects = [{"pseudonym": case.applicant, "role": "applicant", "part": None, **shown}]
    subjects += [{"pseudonym": p.pseudonym, "role": "party", "part": p.answer, **shown} for p in case.parties]
    envelope = {
        "urn": case.urn,
        "version": case.version,
        "change": change,
        "authority": case.authority,
        "effective_on": on,
        "recorded_at": stamp(at),
        "legal_basis": legal_basis,
        "contract": topic,
        "subjects": [subject for subject in subjects if subject["pseudonym"] not in case.hidden],
        "body": {
            "kind": case.kind,
            "state": case.state,
            "applied_on": case.applied_on,
            "respond_by": case.respond_by,
            "decide_by": case.decide_by,
            "awaiting": case.awaiting,
            "terms": [{"label": {"zh": term.zh, "en": term.en}, "value": term.value} for term in case.terms],
            "concerns": case.concerns,
            "decision": case.decision,
            "results": case.results,
        },
    }
    return Record(topic, case.urn, case.version, change, case.authority, orjson.dumps(envelope), at, not case.is_open)


def _place(urn: str) -> str:
    return f"case|{urn}"
