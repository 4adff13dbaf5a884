"""Cases that merges and splits lead to: an officer of the vehicle administration decides them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onewindow_kit.cases import Case, Kind
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.licences import LIVE
from transport.domain.persons import AssignmentsMissing, KeepUnknown
from transport.service.desk import VEHICLE_ADMINISTRATION, Acting
from transport.service.licences import Grounds, cancel_of
from transport.service.lottery.keeping import REMEDY
from transport.service.persons import doubles, splitting
from transport.service.persons.refiling import LEGAL_BASIS
from transport.store import persons

LICENCE_BASIS = "机动车驾驶证申领和使用规定第79条"
DUPLICATE = "同一人持有两个驾驶证，仅保留一个 / one person held two licences; one stays"


async def _assign(context: Acting, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> list[str]:
    desk = context.desk
    return await splitting.assign(desk, session, case, answer.get("assignments", {}), desk.today())


async def _keep_one(context: Acting, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> list[str]:
    """The licence that stays is in doubt no longer; the others of the same person are cancelled."""
    desk, urns = context.desk, case.content["licences"]
    keep = answer.get("keep")
    if keep not in urns:
        raise KeepUnknown
    rows = {row.urn: row for row in await persons.by_urns(session, urns)}
    kept = rows.pop(keep)
    others = [row for row in rows.values() if row.holder == kept.holder and row.state in LIVE]
    grounds = Grounds(DUPLICATE, REMEDY)
    await cancel_of(desk, session, others, desk.today(), "duplicate", LICENCE_BASIS, grounds)
    for row in (kept, *others):
        row.doubtful = False
    await session.flush()
    return [keep, *(row.urn for row in others)]


async def _must_assign(context: Any, session: AsyncSession, case: Case) -> None:
    """A refusal would leave records with nobody for good."""
    raise AssignmentsMissing


async def _must_choose(context: Any, session: AsyncSession, case: Case) -> None:
    raise KeepUnknown


KINDS = (
    Kind(splitting.REVIEW, VEHICLE_ADMINISTRATION, LEGAL_BASIS, REMEDY, _assign, ended=_must_assign),
    Kind(doubles.REVIEW, VEHICLE_ADMINISTRATION, LICENCE_BASIS, REMEDY, _keep_one, ended=_must_choose),
)
