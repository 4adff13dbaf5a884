"""Who acts for an organisation, since when and how far."""

from __future__ import annotations

from datetime import date

from onewindow_contracts.models import identity_organisations as api
from onewindow_kit.problems import NotFound
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.domain import law
from identity.domain.ages import age
from identity.domain.births import in_order
from identity.domain.organisation_refusals import RepresentationEnded, RepresentativeUnderAge, RepresentsAlready
from identity.domain.representation import LEGAL, holds, may, powers_of
from identity.domain.standing import alive
from identity.service.desk import Desk, standing
from identity.store import organisations, persons
from identity.tables import Organisation, Person, Representation


async def appoint(
    desk: Desk,
    organisation: Organisation,
    person: Person,
    capacity: str,
    powers: list[str] | None,
    since: date,
    until: date | None = None,
) -> Representation:
    """A living adult acts for the organisation; a new legal representative follows the one before."""
    alive(standing(person))
    in_order(organisation.registered_on, since)
    in_order(since, until)
    if age(person.birth_date, since) < desk.rules.parameter("majority-age", since):
        raise RepresentativeUnderAge
    for other in await organisations.in_force(desk.session, organisation.id):
        if other.person_id == person.id and (capacity != LEGAL or other.capacity == LEGAL):
            raise RepresentsAlready
        # Who becomes the legal representative needs no authorisation any more; nobody is one beside another.
        if capacity == LEGAL and (other.capacity == LEGAL or other.person_id == person.id):
            finish(desk, other, max(since, other.since))
    await desk.session.flush()
    row = Representation(
        urn=desk.office.company_register.urn("representation"),
        organisation_id=organisation.id,
        person_id=person.id,
        capacity=capacity,
        powers=powers_of(capacity, powers),
        since=since,
        until=None if capacity == LEGAL else until,
    )
    desk.changes.created(row, since, law.REPRESENTATION)
    await desk.session.flush()
    return row


async def end(desk: Desk, urn: str, by: str | None, command: api.RepresentationEnd) -> Representation:
    """``by`` is the citizen who resigns as an agent, None for the register; NotFound for what is not one's own."""
    found = await organisations.representation(desk.session, urn)
    if found is None:
        raise NotFound
    if by is not None:
        person = await desk.person(by)
        if person.id != found.person_id:
            raise NotFound
    else:
        await persons.lock(desk.session, [found.person_id])
    await organisations.lock(desk.session, [found.organisation_id])
    row = await organisations.representation(desk.session, urn, lock=True)
    assert row is not None, "representations are never deleted"
    if row.state != "in-force" or (by is not None and row.capacity == LEGAL):
        raise RepresentationEnded
    on = desk.today if by is not None else desk.day(command.ended_on)
    in_order(row.since, on)
    finish(desk, row, on)
    return row


def finish(desk: Desk, row: Representation, on: date) -> None:
    row.state, row.ended_on = "ended", on
    desk.changes.touch(row, "ended", on, law.REPRESENTATION)


async def acting(session: AsyncSession, person: Person, organisation: Organisation, power: str, on: date) -> bool:
    """Whether ``person`` may do ``power`` (read, act) for ``organisation`` on a day."""
    row = await organisations.between(session, organisation.id, person.id)
    if row is None or organisation.state == "dissolved" or person.died_on is not None:
        return False
    return holds(row.state, row.since, row.until, on) and may(row.powers, power)
