"""What lies on a unit follows it to whoever owns it: mortgages, freezes, objections, advance notices, residence rights."""

from dataclasses import replace
from datetime import date

from onewindow_kit import clock
from onewindow_kit.problems import VersionConflict
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.advance_notice import AdvanceNotice
from housing.domain.objection import Objection
from housing.domain.title import Title
from housing.store import encumbrances, rights


async def follow(session: AsyncSession, before: Title, title: Title, on: date, legal_basis: str) -> list[Record]:
    """Everything on the title at its next version, with the present owners; to be published with the title. A notice
    whose beneficiary has become an owner has done its work, and on an ended title nothing is left to secure."""
    now, followers = clock.now(), []
    for mortgage in title.mortgages:
        later = replace(mortgage, version=mortgage.version + 1)
        if not await encumbrances.save_mortgage(session, later):
            raise VersionConflict
        followers.append(events.mortgage_record(later, title.ownership, "varied", on, now, legal_basis))
    for freeze in title.freezes:
        kept = replace(freeze, version=freeze.version + 1)
        if not await encumbrances.save_freeze(session, kept):
            raise VersionConflict
        followers.append(events.freeze_record(kept, title.ownership, "varied", on, now, legal_basis))
    for right in (*title.objections, *title.notices, *title.residences):
        after = _ended(right, before, title, on) or replace(right, version=right.version + 1)
        if not await rights.save(session, after):
            raise VersionConflict
        change: events.Change = "ended" if after.ended_on else "varied"
        followers.append(events.right_record(after, title.ownership, change, on, now, legal_basis))
    return followers


def _ended(right: events.Right, before: Title, title: Title, on: date) -> events.Right | None:
    match right:
        case AdvanceNotice() if title.ended_on:
            return right.ended("cancelled", on)
        case AdvanceNotice() if right.beneficiary in title.ownership.owners - before.ownership.owners:
            return right.ended("fulfilled", on)
        case Objection() if title.ended_on:
            return right.ended("decided", on)
        case _:
            return None
