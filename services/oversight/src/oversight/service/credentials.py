"""Revoking and locking, lifting both, and what an alarm brings about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from onewindow_kit.alarms import Alarm
from onewindow_kit.clock import now, stamp
from onewindow_kit.pages import decode, encode
from onewindow_kit.problems import InvalidCursor
from onewindow_kit.records import new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight.domain.credentials import Orderer, Target, may_lift, may_unlock
from oversight.domain.problems import (
    AlreadyLifted,
    AlreadyLocked,
    AlreadyRevoked,
    OfficeUnknown,
    RevocationIncomplete,
    UntilPast,
)
from oversight.events.credentials import lock as lock_record
from oversight.events.credentials import revocation as revocation_record
from oversight.service.desk import Desk
from oversight.store import credentials, rows
from oversight.store.matters import serialise
from oversight.tables import Lock, Revocation

LOCKING = "budget"
"""The kind of alarm that locks by itself; the others are for supervisors to judge."""
log = structlog.get_logger(__name__)


async def revoke(
    desk: Desk,
    session: AsyncSession,
    by: Orderer,
    *,
    kind: str,
    value: str,
    organisation: str | None,
    reason: str,
    until: datetime | None,
) -> Revocation:
    """From its publication on, every process refuses the credential."""
    by.require_named()
    if (kind == "officer") != (organisation is not None):
        raise RevocationIncomplete
    if until is not None and until <= now():
        raise UntilPast
    await serialise(session, f"revocation|{kind}|{value}|{organisation}")
    if await credentials.revoked(session, kind, value, organisation):
        raise AlreadyRevoked
    row = Revocation(
        urn=new_urn(desk.authority, "revocation"),
        version=1,
        kind=kind,
        value=value,
        organisation=organisation,
        until=until,
        put=_order(by, reason),
        lifted=None,
    )
    session.add(row)
    await session.flush()
    await desk.records.publish(session, revocation_record(row, desk.authority, desk.today()))
    return row


async def lift_revocation(
    desk: Desk, session: AsyncSession, by: Orderer, urn: str, version: int, reason: str
) -> Revocation:
    row = await rows.locked(session, Revocation, urn, version)
    if row.lifted is not None:
        raise AlreadyLifted
    may_lift(by, Target(row.kind, row.value, row.organisation))
    row.lifted, row.version = _order(by, reason), row.version + 1
    await session.flush()
    await desk.records.publish(session, revocation_record(row, desk.authority, desk.today()))
    return row


async def lock(
    desk: Desk, session: AsyncSession, by: Orderer, organisation: str, officer: str | None, reason: str
) -> Lock:
    """On a supervisor's or an operator's order."""
    by.require_named()
    if organisation not in desk.contracts.authorities:
        raise OfficeUnknown
    await serialise(session, f"lock|{organisation}|{officer}")
    if await credentials.locked(session, organisation, officer):
        raise AlreadyLocked
    return await _lock(desk, session, organisation, officer, "supervisor", None, _order(by, reason))


async def unlock(desk: Desk, session: AsyncSession, by: Orderer, urn: str, version: int, reason: str) -> Lock:
    """By a supervisor with a reason, never by whom it is about."""
    row = await rows.locked(session, Lock, urn, version)
    if row.lifted is not None:
        raise AlreadyLifted
    whole = row.officer is None
    target = Target("organisation" if whole else "officer", row.officer or row.organisation, row.organisation)
    may_unlock(by, target, desk.authority)
    row.lifted, row.version = _order(by, reason), row.version + 1
    await session.flush()
    await desk.records.publish(session, lock_record(row, desk.authority, desk.today()))
    return row


async def heard(desk: Desk, session: AsyncSession, alarm: Alarm) -> Lock | None:
    """Keep an alarm. One that a budget was reached locks whose budget it was, once, however many nodes saw it."""
    at = datetime.fromisoformat(alarm.at)
    if not await credentials.add_alarm(session, alarm.id, at, alarm.body()):
        return None
    log.warning("alarm", kind=alarm.kind, organisation=alarm.organisation, scope=alarm.scope, budget=alarm.budget)
    officer = alarm.officer if alarm.scope == "officer" else None
    if alarm.kind != LOCKING or alarm.organisation not in desk.contracts.authorities:
        return None
    await serialise(session, f"lock|{alarm.organisation}|{officer}")
    if await credentials.locked(session, alarm.organisation, officer):
        return None
    put = {"by": desk.authority, "officer": None, "at": alarm.at, "reason": None}
    return await _lock(desk, session, alarm.organisation, officer, LOCKING, alarm.id, put)


def revocation_file(row: Revocation) -> dict[str, Any]:
    until = None if row.until is None else stamp(row.until)
    shown = ("urn", "version", "kind", "value", "organisation", "put", "lifted")
    return {name: getattr(row, name) for name in shown} | {"until": until}


def lock_file(row: Lock) -> dict[str, Any]:
    shown = ("urn", "version", "organisation", "officer", "cause", "alarm", "put", "lifted")
    return {name: getattr(row, name) for name in shown}


async def page(
    session: AsyncSession, kind: type[Lock] | type[Revocation], in_force: bool, cursor: str | None, limit: int
) -> dict[str, Any]:
    """Locks or revocations in order of URN."""
    lifted: Any = kind.lifted
    position = decode(cursor, str)
    where = [lifted.is_(None) if in_force else lifted.is_not(None)]
    found, following = await rows.page(session, kind, where, position[0] if position else None, limit)
    files = [lock_file(row) if isinstance(row, Lock) else revocation_file(row) for row in found]
    return {"items": files, "next": encode(following) if following else None}


async def alarms(session: AsyncSession, cursor: str | None, limit: int) -> dict[str, Any]:
    """Newest first."""
    position = decode(cursor, str, str)
    before = (_moment(position[0]), position[1]) if position else None
    found = await credentials.alarms(session, before, limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    following = None if last is None else encode(last.at.isoformat(), last.id)
    items = [{name: value for name, value in row.body.items() if name != "instance"} for row in found[:limit]]
    return {"items": items, "next": following}


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidCursor from error
    if at.tzinfo is None:
        raise InvalidCursor
    return at


async def _lock(
    desk: Desk,
    session: AsyncSession,
    organisation: str,
    officer: str | None,
    cause: str,
    alarm: str | None,
    put: dict[str, Any],
) -> Lock:
    urn = new_urn(desk.authority, "lock")
    row = Lock(
        urn=urn, version=1, organisation=organisation, officer=officer, cause=cause, alarm=alarm, put=put, lifted=None
    )
    session.add(row)
    await session.flush()
    await desk.records.publish(session, lock_record(row, desk.authority, desk.today()))
    return row


def _order(by: Orderer, reason: str) -> dict[str, Any]:
    return {"by": by.office or by.client, "officer": by.officer, "at": stamp(now()), "reason": reason}
