"""Numbers: attributes of a person with a history. A number that two persons claim is a case to decide, never an error."""

from __future__ import annotations

from datetime import date

from onewindow_contracts.models import identity as api
from onewindow_kit.records import random_id

from identity.domain import law
from identity.domain.problems import (
    NothingChanges,
    NumberMismatch,
    NumberNotContested,
    NumberSpaceExhausted,
    PersonNotFound,
    PlaceRequired,
    SchemeNotAssignable,
)
from identity.domain.schemes import CitizenNumber, Scheme
from identity.domain.standing import alive
from identity.service.desk import Desk, standing
from identity.store import papers, persons, registers
from identity.tables import Identification, NumberConflict, Person
from identity.tables.columns import blind_number

OWN = CitizenNumber.id


async def assign(desk: Desk, person: Person, division: str, reason: str, on: date) -> Identification:
    """A number of the country's own scheme that nobody ever had, for the person's birth date and sex."""
    scheme = desk.rules.schemes[OWN]
    assert isinstance(scheme, CitizenNumber)
    desk.rules.district(division, on)
    await persons.take_turns(desk.session, f"number|{division}|{person.birth_date}")
    candidates = [scheme.compose(division, person.birth_date, n) for n in scheme.sequences(person.sex)]
    blinds = {blind_number(OWN, number): number for number in candidates}
    taken = await persons.known_blinds(desk.session, OWN, list(blinds))
    free = next(((number, blind) for blind, number in blinds.items() if blind not in taken), None)
    if free is None:
        raise NumberSpaceExhausted
    return await _hold(desk, person, scheme, *free, reason, on)


async def enter(desk: Desk, person: Person, scheme: Scheme, number: str, reason: str, on: date) -> Identification:
    """A number from the person's document. If another holds it, the claim is contested and a case is opened."""
    written = scheme.normalise(number)
    if not agrees(scheme, written, person):
        raise NumberMismatch
    blind = blind_number(scheme.id, written)
    await persons.take_turns(desk.session, f"number|{blind.hex()}")
    return await _hold(desk, person, scheme, written, blind, reason, on)


def agrees(scheme: Scheme, number: str, person: Person) -> bool:
    """Whether what the number says fits the person; a sex that is not stated contradicts nothing."""
    facts = scheme.facts(number)
    return facts.birth_date in (None, person.birth_date) and (
        facts.sex in (None, person.sex) or person.sex not in ("1", "2")
    )


async def _hold(
    desk: Desk, person: Person, scheme: Scheme, number: str, blind: bytes, reason: str, on: date
) -> Identification:
    others = [held for _, held in await persons.by_number(desk.session, scheme.id, blind)]
    if any(held.person_id == person.id for held in others):
        raise NothingChanges
    await supersede(desk, person, scheme.id, on)
    identification = Identification(
        urn=desk.office.urn("identification"),
        person_id=person.id,
        scheme=scheme.id,
        number=number,
        number_blind=blind,
        state="contested" if others else "current",
        reason=reason,
        assigned_on=on,
    )
    desk.changes.created(identification, on, law.NUMBER)
    await desk.session.flush()
    if others:
        case = NumberConflict(
            id=random_id(), scheme=scheme.id, holder=others[0].urn, claimant=identification.urn, opened_on=desk.today
        )
        desk.session.add(case)
    return identification


async def supersede(desk: Desk, person: Person, scheme: str, on: date) -> Identification | None:
    """The number in force of a scheme becomes one of the past."""
    held = await persons.number_in_force(desk.session, person.id, scheme)
    if held is not None:
        held.state, held.ended_on = "superseded", max(on, held.assigned_on)
        desk.changes.touch(held, "ended", on, law.NUMBER)
        await desk.session.flush()
    return held


async def give(desk: Desk, pseudonym: str, version: int, command: api.NumberCommand) -> Person:
    """Another number for a person: assigned here, or entered."""
    person = await desk.person_at(pseudonym, version)
    alive(standing(person))
    scheme = desk.rules.schemes[command.scheme]
    if command.number is not None:
        await enter(desk, person, scheme, command.number, "reassignment", desk.today)
    elif not scheme.assigned_here:
        raise SchemeNotAssignable
    else:
        division = command.division or await _division(desk, person)
        await assign(desk, person, division, "reassignment", desk.today)
    desk.keep(person, person.urn, [], reason=command.reason)
    changed(desk, person, scheme.id)
    return person


def changed(desk: Desk, person: Person, scheme: str) -> None:
    """Tell the sectors; the person record says who the person is, so it gets a version of its own."""
    desk.changes.touch(person, "varied", desk.today, law.NUMBER)
    if scheme == OWN:
        desk.changes.notice(person, "number-changed", desk.today)


async def _division(desk: Desk, person: Person) -> str:
    registration = await registers.open_registration(desk.session, person.id)
    if registration is not None:
        household = await registers.household(desk.session, registration.household)
        assert household is not None
        return household.division
    if person.birth_division and not person.birth_division.endswith("00"):
        return person.birth_division
    raise PlaceRequired


async def decide(desk: Desk, case_id: str, command: api.ConflictDecision) -> NumberConflict | None:
    """Who keeps a contested number; the other gets a new one. None for an unknown case."""
    case = await papers.conflict(desk.session, case_id, lock=True)
    if case is None:
        return None
    if case.state != "open":
        raise NumberNotContested
    keeper = await desk.person(command.keeps)
    claims = [await persons.identification(desk.session, urn) for urn in (case.holder, case.claimant)]
    kept = next((claim for claim in claims if claim.person_id == keeper.id), None)
    lost = next((claim for claim in claims if claim.person_id != keeper.id), None)
    if kept is None or lost is None:
        raise PersonNotFound
    await persons.lock(desk.session, [lost.person_id])
    loser = await desk.session.get_one(Person, lost.person_id)
    if lost.state != "superseded":
        lost.state, lost.ended_on = "superseded", desk.today
        desk.changes.touch(lost, "ended", desk.today, law.NUMBER)
        await desk.session.flush()
        if desk.rules.schemes[case.scheme].assigned_here:
            await assign(desk, loser, await _division_or_prefix(desk, loser, lost), "conflict", desk.today)
        changed(desk, loser, case.scheme)
    if kept.state == "contested":
        kept.state = "current"
        desk.changes.touch(kept, "varied", desk.today, law.NUMBER)
    case.state, case.decided_on, case.grounds = "decided", desk.today, command.grounds
    desk.session.add(case)
    return case


async def _division_or_prefix(desk: Desk, person: Person, lost: Identification) -> str:
    try:
        return await _division(desk, person)
    except PlaceRequired:
        return lost.number[:6]
