"""All SQL of this department."""

from dataclasses import asdict

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from parks.domain import Allotment
from parks.tables import AllotmentRow


async def taken(session: AsyncSession, plot: str) -> bool:
    """Whether somebody holds the plot."""
    held = select(AllotmentRow.urn).where(AllotmentRow.plot == plot, col(AllotmentRow.until).is_(None))
    return (await session.exec(held)).first() is not None


async def find(session: AsyncSession, urn: str) -> Allotment | None:
    """An allotment as it is, ended ones too."""
    row = await session.get(AllotmentRow, urn)
    return None if row is None else Allotment(**row.model_dump())


async def insert(session: AsyncSession, new: Allotment) -> None:
    """Enter a new one; the index refuses a second holder of one plot, and the edge answers 409."""
    session.add(AllotmentRow(**asdict(new)))
    await session.flush()


async def save(session: AsyncSession, after: Allotment) -> bool:
    """Store the next version; False when somebody was faster."""
    before = (col(AllotmentRow.urn) == after.urn, col(AllotmentRow.version) == after.version - 1)
    done = await (await session.connection()).execute(update(AllotmentRow).where(*before).values(**asdict(after)))
    return done.rowcount == 1
