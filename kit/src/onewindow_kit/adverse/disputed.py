"""A disputed record is marked wherever its department shows it."""

from __future__ import annotations

import re
from typing import Final

from fastapi import Response
from sqlalchemy import select
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.adverse.table import adverse_matter

HEADER: Final = "Onewindow-Disputed"
MOST: Final = 32
"""Records that one header names; a page of more disputed ones is beyond what anybody reads at once."""
_URN: Final = re.compile(rb"urn:onewindow:[a-z0-9.-]+:[a-z0-9-]+:[a-z2-7]{22}")


async def mark(session: AsyncSession, response: Response) -> None:
    """Name in the header ``Onewindow-Disputed`` those of the answer's records that somebody disputes.

    Found in the answer itself, so that no route can forget it.
    """
    shown = {urn.decode() for urn in _URN.findall(bytes(response.body))}
    if not shown:
        return
    about = adverse_matter.c.about
    query = select(about).where(about.in_(sorted(shown))).distinct().order_by(about).limit(MOST)
    disputed = (await (await session.connection()).execute(query)).scalars().all()
    if disputed:
        response.headers[HEADER] = ", ".join(disputed)
