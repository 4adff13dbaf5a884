"""Whether an employer's list is being read at the moment."""

from datetime import timedelta

from onewindow_kit import db
from onewindow_kit.clock import now
from sqlalchemy import exists, select
from sqlmodel.ext.asyncio.session import AsyncSession

TARGET = "housing.contribution"
"""The import's name."""
STILL = timedelta(minutes=10)
"""An import that has not moved for so long was given up."""


async def being_read(session: AsyncSession) -> bool:
    """Whether an import of contributions is under way; one that stands still does not count."""
    table = db.import_progress.c
    under_way = exists().where(table.target == TARGET, table.finished.is_(False), table.updated_at > now() - STILL)
    return bool((await (await session.connection()).execute(select(under_way))).scalar_one())
