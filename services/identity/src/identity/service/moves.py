"""Moves: permission, certificate, arrival; and the losing register reopened when a certificate expires."""

from __future__ import annotations

from datetime import date, timedelta

from onewindow_contracts.models import identity as api
from onewindow_kit.problems import NotFound

from identity.domain import law, moves
from identity.domain.births import in_order
from identity.domain.moves import Step
from identity.domain.problems import MoveOpen, PlaceRequired
from identity.domain.standing import Standing, alive, may_leave
from identity.service import registers
from identity.service.desk import Desk, at_version, standing
from identity.service.people import stand
from identity.store import persons
from identity.store import registers as stored
from identity.tables import Move, Person

BATCH = 200  # not a rule: how many in one transaction


async def permit(desk: Desk, command: api.MoveCommand) -> Move:
    """An office permits a move at once."""
    person = await desk.person(command.person)
    on = desk.day(command.permitted_on)
    move = await _ask(desk, person, command.to_division, command.reason, on)
    move.step, move.permitted_on = moves.advance(Step.REQUESTED, Step.PERMITTED), on
    return move


async def request(desk: Desk, pseudonym: str, command: api.MoveRequest) -> Move:
    """A citizen asks for permission."""
    person = await desk.person(pseudonym)
    move = await _ask(desk, person, command.to_division, command.reason, desk.today)
    days = desk.rules.parameter("decision-days", desk.today)
    move.decide_by = desk.rules.working_days_after(desk.today, days)
    return move


async def _ask(desk: Desk, person: Person, to_division: str, reason: str, on: date) -> Move:
    may_leave(standing(person))
    if await stored.open_move(desk.session, person.id) is not None:
        raise MoveOpen
    desk.rules.code("identity.move-reasons", reason)
    desk.rules.district(to_division, desk.today)
    registration = await stored.open_registration(desk.session, person.id)
    assert registration is not None, "who stands as registered has an open registration"
    in_order(registration.registered_on, on)
    household = await registers.household(desk, registration.household)
    move = Move(
        urn=desk.office.urn("move"),
        person_id=person.id,
        registration=registration.urn,
        step=Step.REQUESTED,
        from_division=household.division,
        to_division=to_division,
        reason=reason,
        requested_on=on,
    )
    desk.changes.created(move, on, law.MOVE)
    await desk.session.flush()
    return move


async def decide(desk: Desk, urn: str, version: int, command: api.MoveDecision) -> Move:
    move, _ = await _held(desk, urn, version)
    permitted = command.decision == "permit"
    move.step = moves.advance(Step(move.step), Step.PERMITTED if permitted else Step.REFUSED)
    move.grounds = command.grounds
    if permitted:
        move.permitted_on = desk.today
    else:
        move.ended_on = desk.today
    desk.changes.touch(move, "varied", desk.today, law.MOVE)
    return move


async def certify(desk: Desk, urn: str, version: int, command: api.CertificateCommand) -> Move:
    """The move-out certificate: from now on the mover is in transit."""
    move, person = await _held(desk, urn, version)
    move.step = moves.advance(Step(move.step), Step.IN_TRANSIT)
    on = desk.day(command.issued_on)
    in_order(move.permitted_on, on)
    days = desk.rules.parameter("move-certificate-days", on)
    move.certified_on, move.certificate_until = on, moves.expires_on(on, days)
    await registers.leave(
        desk, person, "moved", Standing.IN_TRANSIT, on, law.MOVE, command.new_head, command.relationships
    )
    desk.changes.touch(move, "varied", on, law.MOVE)
    return move


async def arrive(desk: Desk, urn: str, version: int, command: api.ArrivalCommand) -> Move:
    """Into a register here, into a new one, or (by the receiving office's receipt) into one elsewhere."""
    move, person = await _held(desk, urn, version)
    alive(standing(person))
    on = desk.day(command.arrived_on)
    if move.certified_on is None or move.certificate_until is None:
        moves.advance(Step(move.step), Step.COMPLETED)
        raise PlaceRequired
    move.step = moves.arrive(Step(move.step), move.certified_on, move.certificate_until, on)
    if sum(place is not None for place in (command.household, command.opening, command.receipt)) != 1:
        raise PlaceRequired
    if command.receipt is not None:
        stand(desk, person, Standing.ELSEWHERE, on, "moved", law.ARRIVAL)
        desk.keep(person, move.urn, [], receipt=command.receipt)
    elif command.opening is not None:
        household = await registers.open_register(desk, command.opening, on, law.REGISTER)
        relationship = "02" if command.opening.kind == "family" else command.relationship
        await registers.enter(desk, person, household, relationship, "move", on, law.ARRIVAL)
    else:
        household = await registers.household(desk, command.household or "")
        await registers.enter(desk, person, household, command.relationship, "move", on, law.ARRIVAL)
    move.ended_on = on
    desk.changes.touch(move, "varied", on, law.ARRIVAL)
    desk.changes.notice(person, "moved", on)
    return move


async def withdraw(desk: Desk, urn: str, by: str | None) -> Move:
    """Given up before its certificate; ``by`` is the citizen whose move it must be, None for the office."""
    move, person = await _held(desk, urn)
    if by is not None and (await desk.person(by)).id != person.id:
        raise NotFound
    move.step = moves.advance(Step(move.step), Step.WITHDRAWN)
    move.ended_on = desk.today
    desk.changes.touch(move, "varied", desk.today, law.MOVE)
    return move


async def close(desk: Desk, person: Person, on: date) -> None:
    """Death ends an open move."""
    move = await stored.open_move(desk.session, person.id)
    if move is not None:
        move.step, move.ended_on = Step.WITHDRAWN, max(on, move.requested_on)
        desk.changes.touch(move, "varied", on, law.DEATH)


async def expire(desk: Desk) -> int:
    """Reopens the losing registers of expired certificates; how many. Several processes may do so at once."""
    reopened = 0
    found = await stored.expired_moves(desk.session, desk.today, BATCH)
    await persons.lock(desk.session, [move.person_id for move in found])
    for move in found:
        await desk.session.refresh(move)
        if move.step != Step.IN_TRANSIT:
            continue  # arrived, or reopened by another process, while this one waited
        reopened += 1
        person = await desk.session.get_one(Person, move.person_id, populate_existing=True)
        move.step = moves.advance(Step(move.step), Step.EXPIRED)
        assert move.certificate_until is not None, "a certificate has a term"
        move.ended_on = on = move.certificate_until + timedelta(days=1)
        desk.changes.touch(move, "varied", on, law.ARRIVAL)
        registration = await stored.registration(desk.session, move.registration)
        await registers.reopen(desk, person, registration, on, law.ARRIVAL)
    return reopened


async def _held(desk: Desk, urn: str, version: int | None = None) -> tuple[Move, Person]:
    """The move and the mover, held until the end of the transaction."""
    move = await stored.move(desk.session, urn)
    if move is None:
        raise NotFound
    await persons.lock(desk.session, [move.person_id])
    await desk.session.refresh(move)
    if version is not None:
        at_version(move, version)
    return move, await desk.session.get_one(Person, move.person_id, populate_existing=True)
