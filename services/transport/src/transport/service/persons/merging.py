"""Two persons are one: what was the losing one's is the surviving one's from now on."""

from __future__ import annotations

from datetime import date

from onewindow_kit import aliases
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.service.desk import Desk
from transport.service.persons.doubles import ask_officer, settle
from transport.service.persons.refiling import Move, refile
from transport.store import persons


async def merge(desk: Desk, session: AsyncSession, losing: str, into: str, on: date) -> None:
    """Every record under ``losing`` is published anew under ``into``; both live licences stay until an officer decides.

    The survivor is dead or alive as before: a death of the losing entry was an error, or is the survivor's own already.
    """
    coming, there = await persons.held_by(session, losing), await persons.held_by(session, into)
    cases, known_cases = await desk.cases.of_person(session, losing), await desk.cases.of_person(session, into)
    plates, known_plates = await persons.kept_plates(session, losing), await persons.kept_plates(session, into)
    await aliases.merged(
        session,
        losing,
        into,
        [*(row.urn for row in coming), *(case.urn for case in cases), *map(persons.plate_key, plates)],
        [*(row.urn for row in there), *(case.urn for case in known_cases), *map(persons.plate_key, known_plates)],
    )
    doubtful = await settle(desk, session, coming, there, on)
    await refile(desk, session, [Move(row, losing, into) for row in coming], "merged", on)
    await persons.move_plates(session, plates, into)
    for case in cases:
        await desk.cases.rename(session, case.urn, losing, into, "merged", on)
    await desk.acts.rename(session, losing, into)
    await ask_officer(desk, session, into, doubtful, on)
