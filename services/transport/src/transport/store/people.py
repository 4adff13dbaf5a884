"""What transport knows of people: who has died, and by which name somebody goes today."""

from __future__ import annotations

from datetime import date

from onewindow_kit import aliases
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.tables import Deceased


async def current(session: AsyncSession, pseudonym: str) -> str:
    """The name that somebody goes by today: an office may still use the one that lost in a merge."""
    return await aliases.resolve(session, pseudonym)


async def deceased(session: AsyncSession, pseudonym: str) -> bool:
    return await session.get(Deceased, pseudonym) is not None


async def note_death(session: AsyncSession, pseudonym: str, died_on: date) -> None:
    statement = insert(Deceased).values(pseudonym=pseudonym, died_on=died_on)
    statement = statement.on_conflict_do_update(index_elements=["pseudonym"], set_={"died_on": died_on})
    await (await session.connection()).execute(statement)


async def forget_death(session: AsyncSession, pseudonym: str) -> None:
    await (await session.connection()).execute(delete(Deceased).where(col(Deceased.pseudonym) == pseudonym))
