"""Where a person is registered once two entries are one: in one register, or in none for a stated reason."""

from __future__ import annotations

from datetime import date

from onewindow_contracts.models import identity_links as api

from identity.domain import law
from identity.domain.merging import Side
from identity.domain.moves import Step
from identity.domain.standing import Standing
from identity.service import registers, stays
from identity.service.desk import Desk, standing
from identity.store import registers as stored
from identity.store import residence
from identity.tables import Person


async def settle(desk: Desk, survivor: Person, losing: Person, holds: Side, on: date, terms: api.MergeProposal) -> None:
    """The entry that does not hold leaves its register; an open move of either is closed unless it is what holds."""
    if holds == "survivor":
        await close_move(desk, losing, on)
        if standing(losing) is Standing.REGISTERED:
            to = Standing.UNREGISTERED
            await registers.leave(desk, losing, "merged", to, on, law.LINK, terms.new_head, terms.relationships)
    else:
        await close_move(desk, survivor, on)
        if standing(losing) is Standing.REGISTERED:
            await close_move(desk, losing, on)
            await touch_register(desk, losing, on)
        survivor.standing, survivor.standing_since = losing.standing, losing.standing_since
    await _stays(desk, survivor, losing, on)
    await desk.session.flush()


async def close_move(desk: Desk, person: Person, on: date) -> None:
    """A move of an entry that holds no more is given up."""
    move = await stored.open_move(desk.session, person.id)
    if move is not None:
        move.step, move.ended_on = Step.WITHDRAWN, max(on, move.requested_on)
        desk.changes.touch(move, "merged", on, law.LINK)


async def touch_register(desk: Desk, person: Person, on: date) -> None:
    """The person's register shows another name from now on."""
    registration = await stored.open_registration(desk.session, person.id)
    if registration is not None:
        row = await registers.household(desk, registration.household)
        if row.kind == "family":
            desk.changes.touch(row, "varied", on, law.LINK)


async def _stays(desk: Desk, survivor: Person, losing: Person, on: date) -> None:
    """Who is registered here, or dead, stays nowhere; of two stays the survivor's goes on, and a permit with its stay."""
    match standing(survivor):
        case Standing.DEAD:
            exit = "death"
        case Standing.REGISTERED | Standing.IN_TRANSIT:
            exit = "registered"
            await stays.close(desk, survivor, on, exit)
        case _:
            exit = "moved"
            if await residence.open_stay(desk.session, survivor.id) is None:
                return
    await stays.close(desk, losing, on, exit)
