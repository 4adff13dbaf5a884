"""What questions and disputes have in common: opened, moved on, published to the citizen and to the office's sector."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any, Literal

import orjson
from onewindow_kit import pseudonyms
from onewindow_kit.decide import Principal
from onewindow_kit.pages import decode, encode
from onewindow_kit.problems import NotFound
from onewindow_kit.records import new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight import events
from oversight.domain.problems import ActingPersonMissing, PersonNotFound
from oversight.domain.standing import Standing
from oversight.events import matters as told
from oversight.events.envelope import Change
from oversight.service.desk import Desk
from oversight.store import matters, rows
from oversight.tables import Matter

Kind = Literal["question", "dispute"]
STANDING = tuple(field.name for field in fields(Standing))


async def open_(
    desk: Desk, session: AsyncSession, kind: Kind, person: str, about: str, office: str, content: dict[str, Any]
) -> Matter:
    """A new matter against ``office``; where nobody knows that office, the supervisor answers for it."""
    today = desk.today()
    known = desk.contracts.authorities.get(office)
    office = office if known is not None else desk.authority
    sector = known.sector if known is not None else None
    topic = f"oversight.{events.MATTER}{sector}.v1"
    told_urn = None
    if topic in desk.contracts.topics:
        told_urn = new_urn(desk.authority, f"{events.MATTER}{sector}")
        content = content | {"sector": sector, "introduction": await _introduced(desk, person, str(sector))}
    standing = Standing.opened(today, desk.terms(kind, today), desk.after)
    row = Matter(
        urn=new_urn(desk.authority, kind),
        version=1,
        kind=kind,
        person=person,
        about=about,
        office=office,
        opened_on=today,
        told_urn=told_urn,
        told_version=1,
        content=orjson.dumps(content).decode(),
        **{name: getattr(standing, name) for name in STANDING},
    )
    session.add(row)
    await session.flush()
    await _publish(desk, session, row, today, "created")
    return row


def standing(row: Matter) -> Standing:
    """How far a matter is."""
    return Standing(**{name: getattr(row, name) for name in STANDING})


async def move(desk: Desk, session: AsyncSession, row: Matter, to: Standing, **content: Any) -> Matter:
    """The next version of a matter, which the caller holds; ``content`` is laid over what is there."""
    for name in STANDING:
        setattr(row, name, getattr(to, name))
    if content:
        row.content = orjson.dumps(orjson.loads(row.content) | content).decode()
    await _next(desk, session, row, "varied" if to.is_pending else "ended")
    return row


async def refile(desk: Desk, session: AsyncSession, row: Matter, person: str, change: Change) -> None:
    """The same under another name."""
    row.person = person
    await _next(desk, session, row, change if standing(row).is_pending else "ended")


async def own(session: AsyncSession, kind: Kind, urn: str, person: str) -> Matter:
    """A citizen's own matter, held; NotFound for anybody else's."""
    row = await rows.locked(session, Matter, urn)
    if row.kind != kind or row.person != person:
        raise NotFound
    return row


async def of_office(
    desk: Desk, session: AsyncSession, kind: Kind, urn: str, caller: Principal, version: int | None = None
) -> Matter:
    """A matter that the caller's office, or as supervisor it, may see; held. NotFound, VersionConflict."""
    row = await rows.locked(session, Matter, urn)
    if row.kind != kind or caller.authority not in (row.office, desk.authority):
        raise NotFound
    return await rows.locked(session, Matter, urn, version)


def acting(caller: Principal) -> str:
    """The officer who signs; ActingPersonMissing."""
    if caller.actor is None:
        raise ActingPersonMissing
    return caller.actor


def as_supervisor(desk: Desk, row: Matter, caller: Principal) -> bool:
    """Whether the caller acts in the place of the office that was asked, or over itself once its own term is over."""
    return caller.authority == desk.authority and (row.office != desk.authority or row.escalated_on is not None)


def shown(row: Matter) -> dict[str, Any]:
    """A matter for offices: without whose it is."""
    return {"urn": row.urn, "version": row.version, "body": told.body_of(row)}


def receipt(row: Matter) -> dict[str, Any]:
    """What the citizen's command answers."""
    return {row.kind: row.urn, "version": row.version, "state": row.state, "office": row.office, "due": row.due}


async def page(
    desk: Desk,
    session: AsyncSession,
    kind: Kind,
    caller: Principal,
    *,
    state: str,
    office: str | None,
    escalated: bool | None,
    cursor: str | None,
    limit: int,
) -> dict[str, Any]:
    """The caller's office's matters in a state, the supervisor's everyone's."""
    supervisor = caller.authority == desk.authority
    wanted = office if supervisor else caller.authority
    conditions: list[Any] = [Matter.kind == kind, Matter.state == state]
    if wanted is not None:
        conditions.append(Matter.office == wanted)
    if escalated is not None:
        unseen: Any = Matter.escalated_on
        conditions.append(unseen.is_not(None) if escalated else unseen.is_(None))
    position = decode(cursor, str)
    found, following = await rows.page(session, Matter, conditions, position[0] if position else None, limit)
    return {"items": [shown(row) for row in found], "next": encode(following) if following else None}


async def once(session: AsyncSession, person: str, about: str) -> bool:
    """Whether nothing of this person about the same thing is pending; a second command waits for the first."""
    await matters.serialise(session, f"{person}|{about}")
    return not await matters.pending_about(session, person, about)


async def _introduced(desk: Desk, person: str, sector: str) -> str:
    try:
        return await desk.identity.introduce(person, sector)
    except pseudonyms.PersonNotFound:
        raise PersonNotFound from None


async def _next(desk: Desk, session: AsyncSession, row: Matter, change: Change) -> None:
    row.version += 1
    row.told_version += 1
    await session.flush()
    await _publish(desk, session, row, desk.today(), change)


async def _publish(desk: Desk, session: AsyncSession, row: Matter, on: date, change: Change) -> None:
    sector = told.told(row, desk.authority, on, change)
    records = [told.matter(row, desk.authority, on, change), *([sector] if sector else [])]
    await desk.records.publish(session, *records)
