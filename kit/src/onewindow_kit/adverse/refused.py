"""Refusing an application is an adverse act: the case ends refused only with a basis and evidence, and can be reopened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.adverse.act import Act
from onewindow_kit.adverse.acts import COMPENSATION, Wanted
from onewindow_kit.adverse.kind import Effect, Kind
from onewindow_kit.adverse.problems import ActOvertaken
from onewindow_kit.cases import Case, Cases
from onewindow_kit.cases import Kind as CaseKind

REFUSED = "application-refused"
COMPENSATION_BASIS = "国家赔偿法 第三条、第四条"
COMPENSATION_REMEDY = "对赔偿决定不服的，可以自期限届满之日起三十日内向上一级机关申请复议。"


def application_refused(cases: Cases, acting: Callable[[Any, Act], Any] = lambda context, _act: context) -> Kind:
    """The kind; ``acting(context, act)`` gives what the department's kinds of cases want as their context."""

    async def effect(context: Any, session: AsyncSession, act: Act) -> Effect:
        urn = act.content["case"]
        case = await cases.find(session, urn)
        version = case.version
        case = await cases.decide(
            acting(context, act),
            session,
            urn,
            version,
            granted=False,
            reason=act.reason,
            on=act.acted_on,
            authority=act.authority,
            evidence=act.evidence,
        )
        return Effect([urn], {"version": case.version})

    async def undo(context: Any, session: AsyncSession, act: Act) -> Sequence[str]:
        case = await cases.find(session, act.content["case"])
        if case.version != act.before["version"] or not cases.may_reopen(case):
            raise ActOvertaken
        await cases.reopen(acting(context, act), session, case.urn, act.acted_on)
        return [case.urn]

    return Kind(REFUSED, "adverse", effect, undo)


def refusal(case: Case, reason: str, evidence: Sequence[str], answer: dict[str, Any] | None = None) -> Wanted:
    """What is wanted when an office refuses a case's applicant; ``answer`` is what an officer states beside it."""
    return Wanted(case.applicant, reason, evidence, {"case": case.urn, "answer": answer or {}}, [case.urn])


def compensation(office: str) -> CaseKind:
    """The kind of case that an undone act opens; the treasury pays, the department keeps the decision."""

    async def grant(_context: Any, _session: AsyncSession, case: Case, _answer: Any) -> Sequence[str]:
        return case.concerns

    return CaseKind(COMPENSATION, office, COMPENSATION_BASIS, COMPENSATION_REMEDY, grant)
