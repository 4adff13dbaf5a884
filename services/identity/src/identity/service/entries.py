"""Entries change (variation) or were wrong from the start (correction): different changes with different demands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from onewindow_contracts.models import identity as api
from onewindow_contracts.models.identity_life import NameChangeRequest
from onewindow_kit.cases import Case
from onewindow_kit.records import random_id
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.domain import corrections, law
from identity.domain.ages import age
from identity.domain.births import in_order, not_in_future
from identity.domain.problems import CorrectionDecided, InvalidValue, NothingChanges
from identity.domain.refusals import MinorActsThroughGuardian
from identity.domain.standing import alive
from identity.service import cards, casework, kinships, numbers
from identity.service.desk import Desk, standing
from identity.store import papers, persons
from identity.tables import Correction, Person

NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,100}")
KIND = "name-change"


async def vary(desk: Desk, pseudonym: str, version: int, command: api.VariationCommand) -> Person:
    """A change of name: the card held is replaced, the sectors are told."""
    person = await desk.person_at(pseudonym, version)
    alive(standing(person))
    on = desk.day(command.effective_on)
    in_order(person.birth_date, on)
    await _rename(desk, person, _name(command.name), on, command.reason)
    return person


async def request_name(desk: Desk, citizen: str, request: NameChangeRequest) -> Case:
    """A person of age asks for another name; for a minor a guardian asks at the office (户口登记条例 18)."""
    person = await desk.person(citizen)
    alive(standing(person))
    if age(person.birth_date, desk.today) < desk.rules.parameter("majority-age", desk.today):
        raise MinorActsThroughGuardian
    if _name(request.name) == person.name:
        raise NothingChanges
    days = desk.rules.parameter("decision-days", desk.today)
    return await casework.apply(desk, KIND, citizen, request.model_dump(mode="json"), decide_days=days)


async def grant(desk: Desk, _session: AsyncSession, case: Case, _answer: Mapping[str, Any]) -> list[str]:
    person = await desk.person(case.applicant)
    alive(standing(person))
    asked = casework.asked(case)
    await _rename(desk, person, _name(asked["name"]), desk.today, asked["reason"])
    return [person.urn]


async def _rename(desk: Desk, person: Person, name: str, on: date, reason: str) -> None:
    if name == person.name:
        raise NothingChanges
    person.name = name
    desk.changes.touch(person, "varied", on, law.VARIATION)
    desk.changes.notice(person, "name-changed", on, name=name)
    await cards.replace(desk, person, desk.today)
    desk.keep(person, person.urn, [], reason=reason)


async def propose(desk: Desk, pseudonym: str, version: int, command: api.CorrectionProposal) -> Correction:
    person = await desk.person_at(pseudonym, version)
    for paper in command.evidence:
        desk.rules.code("identity.evidence-kinds", paper.kind)
    value = _value(desk, person, command.field, command.value)
    seen = _entry(person, command.field)
    corrections.propose(seen, value)
    correction = Correction(
        id=random_id(),
        person_id=person.id,
        field=command.field,
        value=value,
        seen=seen,
        proposed_by=desk.actor,
        proposed_on=desk.today,
    )
    desk.session.add(correction)
    desk.keep(person, correction.id, command.evidence)
    await desk.session.flush()
    return correction


async def confirm(desk: Desk, id: str, command: api.CorrectionDecision) -> Person | None:
    """A second officer confirms; None for an unknown correction. A number that no longer fits is replaced too."""
    correction = await papers.correction(desk.session, id)
    if correction is None:
        return None
    await persons.lock(desk.session, [correction.person_id])
    correction = await papers.correction(desk.session, id, lock=True)
    if correction is None:
        raise CorrectionDecided
    person = await desk.session.get_one(Person, correction.person_id, populate_existing=True)
    corrections.confirm(
        correction.state, correction.proposed_by, desk.actor, correction.seen, _entry(person, correction.field)
    )
    match correction.field:
        case "birth_date":
            person.birth_date = date.fromisoformat(correction.value)
            await kinships.due_again(desk, person)
        case field:
            setattr(person, field, correction.value)
    desk.changes.touch(person, "corrected", desk.today, law.CORRECTION)
    if correction.field == "name":
        desk.changes.notice(person, "name-changed", desk.today, name=person.name)
    await _renumber(desk, person)
    if standing(person) != "dead":
        await cards.replace(desk, person, desk.today)
    _decide(desk, correction, "confirmed")
    desk.keep(person, correction.id, [], grounds=command.grounds)
    return person


async def refuse(desk: Desk, id: str, command: api.CorrectionDecision) -> Correction | None:
    correction = await papers.correction(desk.session, id, lock=True)
    if correction is not None:
        corrections.refuse(correction.state)
        _decide(desk, correction, "refused")
        person = await desk.session.get_one(Person, correction.person_id)
        desk.keep(person, correction.id, [], grounds=command.grounds)
    return correction


def _decide(desk: Desk, correction: Correction, state: str) -> None:
    correction.state, correction.decided_by, correction.decided_on = state, desk.actor, desk.today
    desk.session.add(correction)


async def _renumber(desk: Desk, person: Person) -> None:
    scheme = desk.rules.schemes[numbers.OWN]
    held = await persons.number_in_force(desk.session, person.id, scheme.id)
    if held is None or numbers.agrees(scheme, held.number, person):
        return
    await numbers.supersede(desk, person, scheme.id, desk.today)
    await numbers.assign(desk, person, held.number[:6], "correction", desk.today)
    desk.changes.notice(person, "number-changed", desk.today)


def _entry(person: Person, field: str) -> str:
    value = getattr(person, field)
    return value.isoformat() if isinstance(value, date) else value or ""


def _value(desk: Desk, person: Person, field: str, value: str) -> str:
    """The right entry in the record's own form; InvalidValue, UnknownCode."""
    match field:
        case "name":
            return _name(value)
        case "sex":
            desk.rules.code("sex", value)
        case "ethnic_group":
            desk.rules.code("ethnic-groups", value)
        case "birth_date":
            try:
                day = date.fromisoformat(value)
            except ValueError as error:
                raise InvalidValue from error
            in_order(not_in_future(day, desk.today), person.died_on)
            return day.isoformat()
    return value


def _name(value: str) -> str:
    name = value.strip()
    if not NAME.fullmatch(name):
        raise InvalidValue
    return name
