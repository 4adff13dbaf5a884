"""Objections to violations: cases that another unit decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onewindow_kit.cases import Case, Kind
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.roads.problems import AnswerIncomplete, SameOfficer, SameUnit
from transport.service.desk import TRAFFIC_POLICE, Acting
from transport.service.licences import Grounds
from transport.service.permits import REMEDY
from transport.service.roads import violations
from transport.store import rows
from transport.tables import Violation

OBJECTION = "objection"
BASIS = "道路交通安全违法行为处理程序规定（公安部令第157号）"
FOUNDED = Grounds("异议成立，撤销该违法记录 / the objection is founded: the violation is annulled", REMEDY)


async def object_to(
    acting: Acting, session: AsyncSession, urn: str, version: int, *, person: str, reason: str
) -> tuple[Record, str]:
    """The violation's next version, and the URN of the case that it opened."""
    desk = acting.desk
    today, opened = desk.today(), []

    async def open_case() -> str:
        decide_by = desk.rules.working_days_after(today, desk.rules.value("objection-days", today))
        content = {"violation": urn, "reason": reason}
        case = await desk.cases.open(
            acting, session, OBJECTION, person, content, on=today, decide_by=decide_by, concerns=[urn]
        )
        opened.append(case.urn)
        return case.urn

    record = await violations.object_to(desk, session, urn, version, person=person, open_case=open_case)
    return record, opened[0]


async def _granted(acting: Acting, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> list[str]:
    urn = await _by_others(acting, session, case)
    record = await violations.annul(
        acting.desk, session, urn, None, by_objection=True, legal_basis=BASIS, grounds=FOUNDED
    )
    return [record.urn]


async def _ended(acting: Acting, session: AsyncSession, case: Case) -> None:
    """Refused or withdrawn: the violation stands again."""
    urn = case.content["violation"]
    if case.state == "refused":
        await _by_others(acting, session, case)
    await violations.uphold(acting.desk, session, urn, BASIS)


async def _by_others(acting: Acting, session: AsyncSession, case: Case) -> str:
    """The violation's URN; refused to the unit and to the officer who recorded it, and to who might be that officer."""
    row = await rows.read(session, Violation, case.content["violation"])
    unit = acting.answer.get("unit")
    if unit is None:
        raise AnswerIncomplete("unit: which police unit decides")
    if unit == row.unit:
        raise SameUnit
    if row.officer is not None and acting.caller is not None and acting.caller.actor in (None, row.officer):
        raise SameOfficer
    return row.urn


KINDS = (Kind(OBJECTION, TRAFFIC_POLICE, BASIS, REMEDY, _granted, ended=_ended),)
