"""Opening a household register and naming another head."""

from __future__ import annotations

from datetime import date

from onewindow_contracts.models import identity as api

from identity.domain import law
from identity.domain.household import HEAD
from identity.domain.problems import HeadRequired, NothingChanges
from identity.service import numbers, registers
from identity.service.desk import Desk, at_version
from identity.store import persons
from identity.store import registers as stored
from identity.tables import Household


async def open_household(desk: Desk, command: api.HouseholdCommand) -> Household:
    """A family register opens with its head, who stands in no register; a collective one without members."""
    on = desk.day(command.opened_on)
    if (command.place.kind == "family") != (command.head is not None):
        raise HeadRequired
    head = None if command.head is None else await desk.person(command.head)
    household = await registers.open_register(desk, command.place, on, law.REGISTER)
    if head is not None:
        await registers.enter(desk, head, household, HEAD, "opening", on, law.REGISTER)
        if await persons.number_in_force(desk.session, head.id, numbers.OWN) is None:
            await numbers.assign(desk, head, household.division, "admission", on)
    return household


async def change_head(desk: Desk, urn: str, version: int, command: api.HeadCommand, on: date, basis: str) -> Household:
    household = await registers.household(desk, urn)
    at_version(household, version)
    head = await desk.person(command.head)
    held = await stored.open_registration(desk.session, head.id)
    if held is not None and held.household == urn and held.relationship == HEAD:
        raise NothingChanges
    await registers.change_head(desk, household, command, on, basis)
    return household
