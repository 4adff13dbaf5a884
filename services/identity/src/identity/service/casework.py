"""Applications: what a citizen asks the office for becomes a case, followed and decided by its kind's rules."""

from __future__ import annotations

from typing import Any

from onewindow_contracts.models.records.shared_adverse_act import AdverseGrounds
from onewindow_kit.adverse import Act, Acts
from onewindow_kit.adverse.refused import REFUSED, refusal
from onewindow_kit.cases import Case, Term
from onewindow_kit.decide import Principal
from onewindow_kit.problems import NotFound

from identity.domain.refusals import CaseOpen
from identity.service.desk import Desk

APPEAL = "自收到决定之日起六十日内可申请行政复议，或六个月内向人民法院提起行政诉讼。"
"""What can be done against a decision (行政复议法 20, 行政诉讼法 46)."""
OFFICE = "population-office"


async def apply(
    desk: Desk,
    kind: str,
    applicant: str,
    asked: dict[str, Any],
    *,
    decide_days: int | None = None,
    parties: dict[str, str] | None = None,
    people: dict[str, str] | None = None,
    concerns: tuple[str, ...] = (),
    terms: tuple[Term, ...] = (),
    alone: bool = True,
) -> Case:
    """A new case; CaseOpen while one of that kind is (one that asks for the very same, where several may be open).

    ``asked`` is what the applicant sees again, ``people`` are others' pseudonyms, which only the office does. The
    applicant is held, so that two applications take turns.
    """
    on = desk.today
    mine = await desk.cases.of_person(desk.session, applicant)
    still = [case for case in mine if case.kind == kind and case.is_open]
    if any(alone or case.content.get("asked") == asked for case in still):
        raise CaseOpen
    respond_by = None
    if parties:
        respond_by = desk.rules.working_days_after(on, desk.rules.parameter("party-response-days", on))
    return await desk.cases.open(
        desk,
        desk.session,
        kind,
        applicant,
        {"asked": asked, "people": people or {}},
        on=on,
        decide_by=None if decide_days is None else desk.rules.working_days_after(on, decide_days),
        parties=parties,
        respond_by=respond_by,
        concerns=concerns,
        terms=terms,
    )


async def refuse(
    desk: Desk, acts: Acts, officer: Principal, urn: str, version: int, reason: str, grounds: AdverseGrounds
) -> Act:
    """The office refuses: in force at once, or held for the supervisor while the case stays open."""
    case = await desk.cases.to_decide(desk.session, urn, version, desk.office.authority)
    case.require_open()
    wanted = [refusal(case, reason, grounds.evidence)]
    [act] = await acts.propose(desk, desk.session, officer, REFUSED, grounds.basis, wanted, desk.today)
    return act


async def withdraw(desk: Desk, urn: str, citizen: str) -> Case:
    """By the applicant; of a divorce by either, for it needs both until it is registered."""
    case = await desk.cases.find(desk.session, urn, citizen)
    by = case.applicant if case.kind == "divorce" and case.role_of(citizen) is not None else citizen
    return await desk.cases.withdraw(desk, desk.session, urn, by, desk.today)


def asked(case: Case) -> dict[str, Any]:
    """What the applicant asked for; of a case that the office opened itself, what it is about."""
    return case.content.get("asked", case.content)


def person(case: Case, role: str) -> str | None:
    """Another person of the application, by identity pseudonym."""
    return case.content.get("people", {}).get(role)


async def visible(desk: Desk, urn: str, reader: str | None) -> Case:
    """A case to its office (``reader`` None) or to those whom it is about; NotFound."""
    case = await desk.cases.find(desk.session, urn, reader)
    if reader is None and case.authority != desk.office.authority:
        raise NotFound
    return case
