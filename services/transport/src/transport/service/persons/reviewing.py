"""An officer's decisions on what a merge or a split left open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onewindow_kit.cases import Case
from onewindow_kit.decide import Principal
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.persons import CaseKindOther, Side
from transport.service.desk import Acting, Desk
from transport.service.persons import doubles, splitting


async def split_review(desk: Desk, session: AsyncSession, urn: str) -> Case:
    """NotFound; CaseKindOther for any other case."""
    return await _of_kind(desk, session, urn, splitting.REVIEW)


async def assign(
    desk: Desk,
    session: AsyncSession,
    caller: Principal,
    urn: str,
    version: int,
    sides: Mapping[str, Side],
    reason: str,
) -> Case:
    await split_review(desk, session, urn)
    return await _grant(desk, session, caller, urn, version, reason, {"assignments": sides})


async def choose(
    desk: Desk, session: AsyncSession, caller: Principal, urn: str, version: int, keep: str, reason: str
) -> Case:
    await _of_kind(desk, session, urn, doubles.REVIEW)
    return await _grant(desk, session, caller, urn, version, reason, {"keep": keep})


async def _of_kind(desk: Desk, session: AsyncSession, urn: str, kind: str) -> Case:
    case = await desk.cases.find(session, urn)
    if case.kind != kind:
        raise CaseKindOther
    return case


async def _grant(
    desk: Desk,
    session: AsyncSession,
    caller: Principal,
    urn: str,
    version: int,
    reason: str,
    answer: Mapping[str, Any],
) -> Case:
    return await desk.cases.decide(
        Acting(desk, caller),
        session,
        urn,
        version,
        granted=True,
        reason=reason,
        on=desk.today(),
        authority=caller.authority,
        answer=answer,
    )
