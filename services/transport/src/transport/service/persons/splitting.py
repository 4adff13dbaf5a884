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
ALL = 10_000  # not a rule: more reviews than are ever open
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
    for name, person in ((old, stays), *((each, leaves) for each in returning)):
        if (died_on := await persons.died_on(session, name)) is not None:
            await people.note_death(session, person, died_on)
    for person in (stays, leaves):
        await _undoubted(session, person)
    contested = [key for key in keys if sides[key] == "contested"]
    if contested or await _promised(desk, session, old):
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
        if (parted := await _parted(desk, session, person)) is not None:
            await _pass_on(desk, session, case, parted, [key for key in sides if sides[key] == side], mine, on)
            continue
        doubtful = await settle(desk, session, mine, await persons.held_by(session, person), on)
        moves = [Move(row, unknown, person, content["hidden"].get(row.urn, ())) for row in mine]
        await refile(desk, session, moves, "corrected", on)
        await ask_officer(desk, session, person, doubtful, on)
        await _undoubted(session, person)
        plates = await persons.kept_plates(session, unknown)
        await persons.move_plates(session, [p for p in plates if sides[persons.plate_key(p)] == side], person)
        for each in await desk.cases.of_person(session, content["old"]):
            if sides.get(each.urn) == side:
                await desk.cases.rename(session, each.urn, content["old"], person, "corrected", on)
    return [row.urn for row in rows]


async def _promised(desk: Desk, session: AsyncSession, name: str) -> bool:
    """Whether an open review may still give something to a name."""
    pending = await desk.cases.listing(session, state="pending", kind=REVIEW, limit=ALL)
    names = [case.content[side] for case in pending for side in ("stays", "leaves")]
    return name in [await aliases.resolve(session, each) for each in names]


async def _parted(desk: Desk, session: AsyncSession, name: str) -> Case | None:
    """The review of the split by which a name became nobody's; None for somebody's name."""
    of_name = await desk.cases.of_person(session, name)
    return next((case for case in of_name if case.kind == REVIEW and case.content["old"] == name), None)


async def _pass_on(
    desk: Desk, session: AsyncSession, case: Case, parted: Case, keys: list[str], rows: Sequence[Any], on: date
) -> None:
    """What goes to somebody who was split meanwhile is contested between those two."""
    if not keys:
        return
    before, after = UNKNOWN + case.content["old"], UNKNOWN + parted.content["old"]
    kept = {row.urn: case.content["hidden"].get(row.urn, []) for row in rows}
    hidden = {urn: [each | {"pseudonym": after} for each in subjects] for urn, subjects in kept.items()}
    await refile(desk, session, [Move(row, before, after) for row in rows], "corrected", on)
    plates = [plate for plate in await persons.kept_plates(session, before) if persons.plate_key(plate) in keys]
    await persons.move_plates(session, plates, after)
    for each in await desk.cases.of_person(session, case.content["old"]):
        if each.urn in keys:
            for old, new in ((case.content["old"], parted.content["old"]), (parted.content["old"], None)):
                await desk.cases.rename(session, each.urn, old, new, "corrected", on)
    await _review(desk, session, {**parted.content, "keys": keys, "hidden": hidden}, on)


async def _undoubted(session: AsyncSession, person: str) -> None:
    """A licence is in doubt only beside another one."""
    live = await licences.live_of_holder(session, person)
    if len(live) == 1:
        live[0].doubtful = False
    await session.flush()
