"""Cases as offices and the people concerned read and move them on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from onewindow_kit.adverse import Act
from onewindow_kit.adverse.refused import REFUSED, refusal
from onewindow_kit.cases import Case
from onewindow_kit.decide import OWN_WINDOW, Principal
from onewindow_kit.pages import decode, encode
from onewindow_kit.problems import NotFound
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.problems import HolderDeceased
from transport.service.desk import Acting, Desk
from transport.store import people, rows


async def one(desk: Desk, session: AsyncSession, urn: str, caller: Principal) -> tuple[bytes, int]:
    """The record and its version: an office's own kinds, or a person's own case without who else is in it."""
    if caller.kind in OWN_WINDOW:
        case = await desk.cases.find(session, urn, caller.subject)
        envelope = orjson.loads(await _published(desk, session, urn))
        envelope["subjects"] = [each for each in envelope["subjects"] if each["pseudonym"] == caller.subject]
        return orjson.dumps(envelope), case.version
    case = await of_office(desk, session, urn, caller)
    return await _published(desk, session, urn), case.version


async def of_office(desk: Desk, session: AsyncSession, urn: str, caller: Principal) -> Case:
    """A case that the caller's office decides; any other looks like a missing one."""
    case = await desk.cases.find(session, urn)
    if case.authority != caller.authority:
        raise NotFound
    return case


async def page(
    desk: Desk, session: AsyncSession, caller: Principal, state: str, cursor: str | None, limit: int
) -> bytes:
    """``{"items": […], "next": …}`` of the office's cases in a state, in order of URN."""
    position = decode(cursor, str)
    found = await desk.cases.listing(
        session,
        authority=caller.authority,
        state=state,
        after=position[0] if position else None,
        limit=limit + 1,
    )
    following = None if len(found) <= limit else encode(found[limit - 1].urn)
    sealer = desk.records.sealer
    envelopes = [
        sealer.open(row.topic, row.key_id, row.urn, row.version, row.data)
        for row in await rows.sealed(session, [case.urn for case in found[:limit]])
    ]
    return b'{"items":[%s],"next":%s}' % (b",".join(envelopes), orjson.dumps(following))


def entries(case: Case) -> list[dict[str, str]]:
    """What was asked for, as names and texts."""
    return [{"name": name, "text": _text(value)} for name, value in sorted(case.content.items()) if value is not None]


async def consent(acting: Acting, session: AsyncSession, urn: str, person: str) -> Case:
    if await people.deceased(session, person):
        raise HolderDeceased
    return await acting.desk.cases.consent(acting, session, urn, person, acting.desk.today())


async def decline(acting: Acting, session: AsyncSession, urn: str, person: str, reason: str) -> Case:
    return await acting.desk.cases.decline(acting, session, urn, person, acting.desk.today(), reason)


async def withdraw(acting: Acting, session: AsyncSession, urn: str, person: str) -> Case:
    return await acting.desk.cases.withdraw(acting, session, urn, person, acting.desk.today())


async def grant(acting: Acting, session: AsyncSession, urn: str, version: int, reason: str) -> tuple[bytes, int]:
    """The office grants what was asked for; the case's last version."""
    caller = acting.caller
    assert caller is not None and caller.authority is not None, "an office decides"
    case = await acting.desk.cases.decide(
        acting,
        session,
        urn,
        version,
        granted=True,
        reason=reason,
        on=acting.desk.today(),
        authority=caller.authority,
        answer=acting.answer,
    )
    return await _published(acting.desk, session, urn), case.version


async def refuse(
    acting: Acting, session: AsyncSession, urn: str, version: int, reason: str, basis: str, evidence: Sequence[str]
) -> Act:
    """The office refuses: in force at once, or held for the supervisor while the case stays open."""
    caller, desk = acting.caller, acting.desk
    assert caller is not None, "an office decides"
    case = await desk.cases.to_decide(session, urn, version, caller.authority)
    case.require_open()
    wanted = [refusal(case, reason, evidence, dict(acting.answer))]
    [act] = await desk.acts.propose(acting, session, caller, REFUSED, basis, wanted, desk.today())
    return act


async def published(desk: Desk, session: AsyncSession, urn: str) -> tuple[bytes, int]:
    """The record as it was published last, and its version."""
    return await _published(desk, session, urn), (await desk.cases.find(session, urn)).version


async def _published(desk: Desk, session: AsyncSession, urn: str) -> bytes:
    envelope = await desk.records.current(session, urn)
    if envelope is None:
        raise NotFound
    return envelope


def _text(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(map(str, value))
    return str(value)
