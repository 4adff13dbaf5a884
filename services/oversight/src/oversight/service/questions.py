"""Why did you look? Asked about an entry, answered by somebody with a name who is not the one who looked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from onewindow_kit.decide import Principal
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight.domain.problems import EntryIsOwn, OwnLook, QuestionOpen
from oversight.service import matters
from oversight.service.desk import Desk
from oversight.tables import Matter

KEPT = ("at", "organisation", "actor", "purpose", "kind", "operation")


async def ask(
    desk: Desk, session: AsyncSession, person: str, entry: str, text: str, facts: Mapping[str, Any]
) -> Matter:
    """``facts`` are those of the entry, which the gateway found in the person's own access record."""
    if facts["kind"] == "own":
        raise EntryIsOwn
    if not await matters.once(session, person, entry):
        raise QuestionOpen
    content = {"text": text, "facts": {name: facts.get(name) for name in KEPT}}
    return await matters.open_(desk, session, "question", person, entry, facts["organisation"], content)


async def assign(
    desk: Desk, session: AsyncSession, caller: Principal, urn: str, version: int, officer: str, name: str
) -> Matter:
    """Somebody answers for it from now on."""
    matters.acting(caller)
    row = await matters.of_office(desk, session, "question", urn, caller, version)
    at = matters.standing(row)
    at.require_open()
    _require_another(row, caller, officer)
    return await matters.move(desk, session, row, at, handler={"officer": officer, "name": name})


async def answer(
    desk: Desk, session: AsyncSession, caller: Principal, urn: str, version: int, *, name: str, basis: str, text: str
) -> Matter:
    """Signed by the officer whom the caller's office vouches for."""
    officer = matters.acting(caller)
    row = await matters.of_office(desk, session, "question", urn, caller, version)
    supervisor = matters.as_supervisor(desk, row, caller)
    today = desk.today()
    to = matters.standing(row).answered(today, desk.terms(row.kind, row.opened_on), desk.after, supervisor=supervisor)
    _require_another(row, caller, officer)
    handler = {"officer": officer, "name": name}
    given = {
        "answered_on": today,
        "by": caller.authority,
        "handler": handler,
        "legal_basis": basis,
        "text": text,
    }
    return await matters.move(desk, session, row, to, handler=handler, answer=given)


async def judge(desk: Desk, session: AsyncSession, person: str, urn: str, *, accepted: bool) -> Matter:
    """What the citizen makes of the answer."""
    row = await matters.own(session, "question", urn, person)
    terms = desk.terms(row.kind, row.opened_on)
    to = matters.standing(row).judged(desk.today(), terms, desk.after, accepted=accepted)
    return await matters.move(desk, session, row, to)


async def withdraw(desk: Desk, session: AsyncSession, person: str, urn: str) -> Matter:
    row = await matters.own(session, "question", urn, person)
    return await matters.move(desk, session, row, matters.standing(row).withdrawn())


def _require_another(row: Matter, caller: Principal, officer: str) -> None:
    """OwnLook for the officer of the look itself."""
    looked = orjson.loads(row.content)["facts"]
    if (looked["organisation"], looked["actor"]) == (caller.authority, officer):
        raise OwnLook
