"""Entries change (variation) or were wrong from the start (correction): different changes with different demands."""

from __future__ import annotations

import re
from datetime import date

from onewindow_contracts.models import identity as api
from onewindow_kit.records import random_id

from identity.domain import corrections, law
from identity.domain.births import in_order, not_in_future
from identity.domain.problems import CorrectionDecided, InvalidValue, NothingChanges
from identity.domain.standing import alive
from identity.service import cards, numbers
from identity.service.desk import Desk, standing
from identity.store import papers, persons
from identity.tables import Correction, Person

NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,100}")


async def vary(desk: Desk, pseudonym: str, version: int, command: api.VariationCommand) -> Person:
    """A change of name: the card held is replaced, the sectors are told."""
    person = await desk.person_at(pseudonym, version)
    alive(standing(person))
    on = desk.day(command.effective_on)
    in_order(person.birth_date, on)
    name = _name(command.name)
    if name == person.name:
        raise NothingChanges
    person.name = name
    desk.changes.touch(person, "varied", on, law.VARIATION)
    desk.changes.notice(person, "name-changed", on, name=name)
    await cards.replace(desk, person, desk.today)
    desk.keep(person, person.urn, [], reason=command.reason)
    return person


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
        proposed_by=_officer(desk, command.officer),
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
    officer = _officer(desk, command.officer)
    corrections.confirm(
        correction.state, correction.proposed_by, officer, correction.seen, _entry(person, correction.field)
    )
    match correction.field:
        case "birth_date":
            person.birth_date = date.fromisoformat(correction.value)
        case field:
            setattr(person, field, correction.value)
    desk.changes.touch(person, "corrected", desk.today, law.CORRECTION)
    if correction.field == "name":
        desk.changes.notice(person, "name-changed", desk.today, name=person.name)
    await _renumber(desk, person)
    if standing(person) != "dead":
        await cards.replace(desk, person, desk.today)
    _decide(desk, correction, "confirmed", officer)
    return person


async def refuse(desk: Desk, id: str, command: api.CorrectionDecision) -> Correction | None:
    correction = await papers.correction(desk.session, id, lock=True)
    if correction is not None:
        corrections.refuse(correction.state)
        _decide(desk, correction, "refused", _officer(desk, command.officer))
    return correction


def _decide(desk: Desk, correction: Correction, state: str, officer: str) -> None:
    correction.state, correction.decided_by, correction.decided_on = state, officer, desk.today
    desk.session.add(correction)


def _officer(desk: Desk, officer: str) -> str:
    """An officer's id means something within the office that named it."""
    return f"{desk.client}|{officer}"


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
