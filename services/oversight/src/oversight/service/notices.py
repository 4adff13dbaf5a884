"""Telling citizens something: once each, whoever else is told the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onewindow_kit import aliases
from onewindow_kit.pseudonyms import InvalidIntroduction, open_introduction
from onewindow_kit.records import new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight.domain.problems import IntroductionInvalid
from oversight.events.notices import notice
from oversight.service.desk import Desk
from oversight.tables import Notice

SECTOR = "oversight"


async def send(desk: Desk, session: AsyncSession, introductions: Sequence[str], body: dict[str, Any]) -> int:
    """How many people were told; IntroductionInvalid, and then nobody is."""
    try:
        opened = {str(open_introduction(desk.keyring, token, sector=SECTOR)) for token in introductions}
    except InvalidIntroduction as error:
        raise IntroductionInvalid from error
    people = {await aliases.resolve(session, person) for person in opened}
    today = desk.today()
    records = []
    for person in sorted(people):
        urn = new_urn(desk.authority, "notice")
        session.add(Notice(urn=urn, version=1, person=person))
        records.append(notice(urn, person, body | {"issued_on": today}, desk.authority, today))
    await session.flush()
    await desk.records.publish(session, *records)
    return len(records)
