"""What would be double once two entries are one: numbers, cards, kinship, representations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from identity.domain import law
from identity.domain.merging import Tie, check_ties
from identity.domain.merging import doubles as is_double
from identity.domain.representation import LEGAL
from identity.domain.standing import Standing
from identity.service import cards as issued
from identity.service import kinships as kin
from identity.service import representations as acting
from identity.service.desk import Desk, standing
from identity.service.numbers import OWN
from identity.store import organisations, papers, persons
from identity.tables import Kinship, NumberConflict, Person

MERGED = "decision"
"""The code of a kinship's ending by a decision that is no judgment."""


async def check_kin(desk: Desk, survivor: Person, losing: Person) -> None:
    """Nobody is their own kin or married to two."""
    mine, theirs = await ties(desk, survivor.id), await ties(desk, losing.id)
    check_ties([tie for _, tie in mine], [tie for _, tie in theirs], survivor.id, losing.id)


async def ties(desk: Desk, person: UUID) -> list[tuple[Kinship, Tie]]:
    """A person's kinships in force."""
    found = []
    for row in await papers.kinships(desk.session, person):
        if row.state == "in-force":
            first = row.first_id == person
            found.append((row, Tie(row.kind, first, row.second_id if first else row.first_id)))
    return found


async def numbers(desk: Desk, survivor: Person, losing: Person, conflicts: Sequence[NumberConflict], on: date) -> None:
    """A conflict between the two is none any more; of two numbers of a scheme the survivor's is in force."""
    for conflict in conflicts:
        claim = await persons.identification(desk.session, conflict.claimant)
        claim.state, claim.ended_on = "superseded", max(on, claim.assigned_on)
        desk.changes.touch(claim, "merged", on, law.NUMBER)
        conflict.state, conflict.decided_on = "decided", on
        desk.session.add(conflict)
    await desk.session.flush()
    for held in await persons.identifications(desk.session, losing.id):
        mine = await persons.number_in_force(desk.session, survivor.id, held.scheme)
        if mine is not None and held.state in persons.IN_FORCE:
            held.state, held.ended_on = "superseded", max(on, held.assigned_on)
            desk.changes.touch(held, "merged", on, law.NUMBER)
    await desk.session.flush()


async def cards(desk: Desk, survivor: Person, losing: Person, on: date) -> None:
    """The card of a number that is in force no more ends; so does a second one, and any of the dead."""
    held = await papers.valid_card(desk.session, losing.id)
    if held is None:
        return
    theirs = await persons.number_in_force(desk.session, losing.id, OWN)
    mine = await papers.valid_card(desk.session, survivor.id)
    if theirs is None or mine is not None or standing(survivor) is Standing.DEAD:
        await issued.cancel(desk, losing, on)


async def kinships(desk: Desk, survivor: Person, losing: Person, on: date) -> None:
    """Of two records of one kinship one ends; the dead are neither spouses nor guardians."""
    mine = [tie for _, tie in await ties(desk, survivor.id)]
    dead = standing(survivor) is Standing.DEAD
    for row, tie in await ties(desk, losing.id):
        if is_double(tie, mine):
            kin.finish(desk, row, max(on, row.since), MERGED)
        elif dead and tie.kind != "parentage":
            kin.finish(desk, row, max(on, row.since), "death")
    await desk.session.flush()


async def representations(desk: Desk, survivor: Person, losing: Person, on: date) -> None:
    """Who represents an organisation twice does so once, as the legal representative if either is."""
    for theirs in await organisations.of_person(desk.session, losing.id):
        mine = await organisations.between(desk.session, theirs.organisation_id, survivor.id)
        if mine is not None:
            ending = mine if theirs.capacity == LEGAL else theirs
            acting.finish(desk, ending, max(on, ending.since))
            await desk.session.flush()
