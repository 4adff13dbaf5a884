"""What identity told about persons."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import any_, delete, literal, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.store.arrays import array_of
from housing.store.fresh import FRESH
from housing.tables import CertificateRow, DeceasedRow, HoldingRow, TitleRow


async def dead_among(session: AsyncSession, persons: Collection[str]) -> dict[str, date]:
    """Those of ``persons`` who have died, with the day."""
    query = select(col(DeceasedRow.person), col(DeceasedRow.died_on))
    found = await session.exec(query.where(col(DeceasedRow.person) == any_(array_of(persons))))
    return dict(found.all())


async def note_death(session: AsyncSession, person: str, died_on: date) -> None:
    """From now on nobody can dispose of what ``person`` owns; a later notice corrects the day."""
    new = insert(DeceasedRow).values(person=person, died_on=died_on)
    statement = new.on_conflict_do_update(index_elements=["person"], set_={"died_on": died_on})
    await (await session.connection()).execute(statement)


async def forget_death(session: AsyncSession, person: str) -> bool:
    """The death was declared in error; False when none was known."""
    statement = delete(DeceasedRow).where(col(DeceasedRow.person) == person)
    return (await (await session.connection()).execute(statement)).rowcount == 1


async def titles_of(session: AsyncSession, person: str, after: str = "", limit: int | None = None) -> list[str]:
    """URNs of the titles in force that ``person`` owns or co-owns, in order, beginning after ``after``."""
    query = (
        select(TitleRow.urn)
        .join(HoldingRow, col(HoldingRow.title) == TitleRow.urn)
        .where(HoldingRow.owner == person, col(HoldingRow.until).is_(None), col(TitleRow.ended_on).is_(None))
        .where(TitleRow.urn > after)
        .order_by(TitleRow.urn)
        .limit(limit)
    )
    return list(await session.exec(query))


async def every_title_of(session: AsyncSession, person: str) -> list[str]:
    """URNs of the titles whose record names ``person`` as an owner, ended ones too, in order."""
    query = select(HoldingRow.title).where(HoldingRow.owner == person, col(HoldingRow.until).is_(None))
    return list(await session.exec(query.order_by(HoldingRow.title)))


async def rename(session: AsyncSession, old: str, new: str) -> None:
    """What is known of one person besides records is known of another name from now on."""
    connection = await session.connection()
    known = update(CertificateRow).where(col(CertificateRow.issued_to) == old).values(issued_to=new)
    await connection.execute(known)


async def pass_death(session: AsyncSession, old: str, new: str) -> None:
    """Who was dead under one name is dead under another."""
    known = select(literal(new), col(DeceasedRow.died_on)).where(col(DeceasedRow.person) == old)
    statement = insert(DeceasedRow).from_select(["person", "died_on"], known).on_conflict_do_nothing()
    await (await session.connection()).execute(statement)


async def names(session: AsyncSession, title: str) -> dict[str, str]:
    """The present owners' names as registered, by pseudonym."""
    query = select(HoldingRow).where(HoldingRow.title == title, col(HoldingRow.until).is_(None))
    return {row.owner: row.name for row in await session.exec(query.execution_options(**FRESH))}
