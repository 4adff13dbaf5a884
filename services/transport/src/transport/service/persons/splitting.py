"""One person is two: records known before a merge go back; whose the others are, an officer decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from onewindow_kit import aliases
from onewindow_kit.cases import Case
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.persons import Side, assigned
from transport.service.desk import Acting, Desk
from transport.service.persons.doubles import ask_officer, settle
from transport.service.persons.refiling import UNKNOWN, Move, refile
from transport.service.persons.rules import review_by
from transport.store import licences, people, persons

REVIEW = "split-review"
MOST_CONCERNS = 100  # not a rule: what one case record names; its content holds all


async def split(
    desk: Desk, session: AsyncSession, old: str, stays: str, leaves: str, returning: Sequence[str], on: date
) -> None:
    """``old`` is nobody's name any more; nothing stays visible to a stranger meanwhile."""
    rows, cases = await persons.held_by(session, old), await desk.cases.of_person(session, old)
    plates = await persons.kept_plates(session, old)
    keys = [*(row.urn for row in rows), *(case.urn for case in cases), *map(persons.plate_key, plates)]
    sides = await aliases.split(session, old, stays, leaves, returning, keys)
    names = {"stays": stays, "leaves": leaves, "contested": UNKNOWN + old}
    moves = [Move(row, old, names[sides[row.urn]]) for row in rows]
    hidden = await refile(desk, session, moves, "corrected", on)
    for plate in plates:
        await persons.move_plates(session, [plate], names[sides[persons.plate_key(plate)]])
    for case in cases:
        side = sides[case.urn]
        await desk.cases.rename(session, case.urn, old, None if side == "contested" else names[side], "corrected", on)
    if (died_on := await persons.died_on(session, old)) is not None:
        await people.note_death(session, stays, died_on)  # until the population office says otherwise
    for person in (stays, leaves):
        await _undoubted(session, person)
    contested = [key for key in keys if sides[key] == "contested"]
    if contested:
        content = {"old": old, "stays": stays, "leaves": leaves, "keys": contested, "hidden": hidden}
        await _review(desk, session, content, on)


async def _review(desk: Desk, session: AsyncSession, content: dict[str, Any], on: date) -> None:
    """A case that neither of the two sees: it names records that may be the other's."""
    urns = [key for key in content["keys"] if key.startswith("urn:")]
    await desk.cases.open(
        Acting(desk),
        session,
        REVIEW,
        content["old"],
        content,
        on=on,
        decide_by=review_by(desk.rules, on),
        concerns=urns[:MOST_CONCERNS],
    )


async def assign(desk: Desk, session: AsyncSession, case: Case, assignments: Mapping[str, Side], on: date) -> list[str]:
    """Each contested record to the one whose it is; AssignmentsMissing unless the decision names each of them."""
    content, unknown = case.content, UNKNOWN + case.content["old"]
    sides = assigned(content["keys"], assignments)
    names = {side: await aliases.resolve(session, content[side]) for side in ("stays", "leaves")}
    rows = await persons.by_urns(session, list(sides))
    for side, person in names.items():
        mine = [row for row in rows if sides[row.urn] == side]
        doubtful = await settle(desk, session, mine, await persons.held_by(session, person), on)
        moves = [Move(row, unknown, person, content["hidden"].get(row.urn, ())) for row in mine]
        await refile(desk, session, moves, "corrected", on)
        await ask_officer(desk, session, person, doubtful, on)
        await _undoubted(session, person)
    for plate in await persons.kept_plates(session, unknown):
        await persons.move_plates(session, [plate], names[sides[persons.plate_key(plate)]])
    for urn in (each.urn for each in await desk.cases.of_person(session, content["old"]) if each.urn in sides):
        await desk.cases.rename(session, urn, content["old"], names[sides[urn]], "corrected", on)
    return [row.urn for row in rows]


async def _undoubted(session: AsyncSession, person: str) -> None:
    """A licence is in doubt only beside another one."""
    live = await licences.live_of_holder(session, person)
    if len(live) == 1:
        live[0].doubtful = False
    await session.flush()
