"""Stays: where a person lives whose permanent registration is elsewhere. A residence permit follows its stay."""

from __future__ import annotations

from datetime import date

from onewindow_contracts.models import identity_life as api
from onewindow_kit.problems import NotFound

from identity.domain import law, permits
from identity.domain.births import in_order
from identity.domain.problems import DateOutOfOrder, NothingChanges
from identity.domain.refusals import StayEnded
from identity.service.desk import Desk, standing
from identity.service.permits import end_with_stay, follow_stay
from identity.store import persons, residence
from identity.tables import Person, Stay


async def register(desk: Desk, pseudonym: str, command: api.StayCommand, *, by_office: bool) -> Stay:
    """A first stay, or another address in the city: then the stay before ends and its count goes on."""
    person = await desk.person(pseudonym)
    permits.may_stay(standing(person))
    on = desk.day(command.since)
    if not by_office and on != desk.today:
        raise DateOutOfOrder("A citizen's stay counts from its registration: leave the day out.")
    in_order(person.standing_since, on)
    desk.rules.own_district(command.division, on)
    before = await residence.open_stay(desk.session, person.id)
    counted_from = on
    if before is not None:
        if (before.division, before.address) == (command.division, command.address):
            raise NothingChanges
        in_order(before.since, on)
        counted_from = before.counted_from
        await _end(desk, before, "moved", on)
    stay = Stay(
        urn=desk.office.urn("stay"),
        person_id=person.id,
        division=command.division,
        neighbourhood=command.neighbourhood,
        address=command.address,
        since=on,
        counted_from=counted_from,
    )
    desk.changes.created(stay, on, law.STAY)
    await desk.session.flush()
    await follow_stay(desk, stay, on)
    return stay


async def end(desk: Desk, urn: str, by: str | None, command: api.StayEnd) -> Stay:
    """The person left; ``by`` is the citizen whose stay it must be, None for the office. The permit ends too."""
    stay = await residence.stay(desk.session, urn)
    if stay is None:
        raise NotFound
    await persons.lock(desk.session, [stay.person_id])
    await desk.session.refresh(stay)
    if by is not None and (await desk.person(by)).id != stay.person_id:
        raise NotFound
    if stay.ended_on is not None:
        raise StayEnded
    on = desk.day(command.ended_on)
    in_order(stay.since, on)
    await _end(desk, stay, "left", on)
    await end_with_stay(desk, stay.person_id, on)
    return stay


async def close(desk: Desk, person: Person, on: date, exit: str) -> None:
    """Permanent registration here or death ends stay and permit."""
    stay = await residence.open_stay(desk.session, person.id)
    if stay is not None:
        await _end(desk, stay, exit, max(on, stay.since))
        await end_with_stay(desk, person.id, on)


async def _end(desk: Desk, stay: Stay, exit: str, on: date) -> None:
    stay.exit, stay.ended_on = exit, on
    desk.changes.touch(stay, "ended", on, law.STAY)
    await desk.session.flush()
