"""The use cases: each in its caller's transaction; nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow_contracts.loader import Contracts
from onewindow_kit import clock
from onewindow_kit.adverse import Act, Acts, Effect, Kind, Wanted
from onewindow_kit.adverse.problems import ActOvertaken
from onewindow_kit.cases import Case
from onewindow_kit.cases import Kind as CaseKind
from onewindow_kit.decide import Principal
from onewindow_kit.problems import Conflict, NotFound
from onewindow_kit.records import Records, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from health import events, store
from health.tables import CodeRow

OFFICE = "health-commission"
RESTRICTED = "code-restricted"


class ForeignPseudonym(Conflict):
    code, title = "foreign-pseudonym", "Somebody is named by another sector's pseudonym"
    remedy = "Ask identity for the pseudonym in the health sector, and send that one."


@dataclass(frozen=True, slots=True)
class Desk:
    """What every use case needs besides a session; one per process."""

    records: Records
    contracts: Contracts
    time_zone: str
    acts: Acts

    def today(self) -> date:
        return clock.today(self.time_zone)


async def record_visits(
    session: AsyncSession, desk: Desk, authority: str, people: Sequence[str], place: str, seen_on: date
) -> list[str]:
    """Who was seen at a place; who has no code yet gets a green one. The records' URNs."""
    _of_this_sector(people)
    new = set(people) - await store.known(session, people)
    codes = [CodeRow(urn=new_urn(authority, "code"), version=1, holder=p, colour="green", since=seen_on) for p in new]
    await store.add(session, codes)
    visits = [events.visit_record(new_urn(authority, "visit"), authority, p, place, seen_on) for p in people]
    given = [events.code_record(code, authority, "created") for code in codes]
    await desk.records.publish(session, *given, *visits)
    return [visit.urn for visit in visits]


async def restrict(
    session: AsyncSession,
    desk: Desk,
    caller: Principal,
    colour: str,
    reason: str,
    basis: str,
    people: Mapping[str, Sequence[str]],
) -> list[Act]:
    """What an officer wants done to people (pseudonym to evidence): nothing has happened to anybody yet."""
    _of_this_sector(people)
    wanted = [Wanted(person, reason, evidence, {"colour": colour}) for person, evidence in people.items()]
    return await desk.acts.propose(desk, session, caller, RESTRICTED, basis, wanted, desk.today())


async def _make(desk: Desk, session: AsyncSession, act: Act) -> Effect:
    """The code takes the colour that the act says."""
    code = await store.locked(session, act.subject)
    if code is None:
        raise NotFound
    before = {"colour": code.colour, "since": code.since.isoformat(), "version": code.version + 1}
    await _change(desk, session, code, act, act.content["colour"], desk.today())
    return Effect([code.urn], before)


async def _unmake(desk: Desk, session: AsyncSession, act: Act) -> Sequence[str]:
    """The code is what it was before the act."""
    code = await store.locked(session, act.subject)
    if code is None or code.version != act.before["version"]:
        raise ActOvertaken
    await _change(desk, session, code, act, act.before["colour"], date.fromisoformat(act.before["since"]))
    return [code.urn]


async def _change(desk: Desk, session: AsyncSession, code: CodeRow, act: Act, colour: str, since: date) -> None:
    code.colour, code.since, code.version = colour, since, code.version + 1
    await session.flush()
    change = "corrected" if act.state == "in-force" else "varied"
    await desk.records.publish(session, events.code_record(code, act.authority, change, act.legal_basis))


def _of_this_sector(people: Any) -> None:
    if not all(person.startswith("health.") for person in people):
        raise ForeignPseudonym


async def _compensate(_desk: Any, _session: AsyncSession, case: Case, _answer: Mapping[str, Any]) -> Sequence[str]:
    """Money is paid by the treasury; the decision is what this department keeps."""
    return case.concerns


KINDS = (Kind(RESTRICTED, "restrictive", _make, _unmake),)
CASE_KINDS = (CaseKind("compensation", OFFICE, "国家赔偿法 第三条", "可以向上一级机关申请复议。", _compensate),)
