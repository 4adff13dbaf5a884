"""Who descends from whom, and which guardianships end by themselves."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.tables import Kinship, Person

# Parentage that has ended counts on: blood does. The bound ends a circle that wrong birth dates could have made.
_ANCESTORS = text("""
    with recursive up (person, generation) as (
        select cast(:person as uuid), 1
        union
        select k.first_id, up.generation + 1
        from kinship k join up on k.second_id = up.person
        where k.kind = 'parentage' and up.generation < 30
    )
    select person, min(generation) from up group by person
""")


async def ancestors(session: AsyncSession, person: UUID) -> dict[UUID, int]:
    """A person's ancestors with their generation; the person itself is the first."""
    found = await (await session.connection()).execute(_ANCESTORS, {"person": person})
    return {row[0]: row[1] for row in found}


async def children(session: AsyncSession, parents: Sequence[UUID], born: date) -> Sequence[Person]:
    """Children of these persons who were born on that day."""
    query = select(Person).join(Kinship, col(Kinship.second_id) == Person.id)
    query = query.where(Kinship.kind == "parentage", col(Kinship.first_id).in_(parents), Person.birth_date == born)
    return (await session.exec(query)).all()


async def due(session: AsyncSession, today: date, limit: int) -> Sequence[Kinship]:
    """Kinships in force that end by themselves and should have."""
    query = select(Kinship).where(Kinship.state == "in-force", col(Kinship.due_on) <= today)
    return (await session.exec(query.order_by(Kinship.urn).limit(limit))).all()


async def in_force(session: AsyncSession, kind: str, *, second: UUID) -> list[Kinship]:
    """What is in force of a kind towards one person: its parents, its guardians."""
    query = select(Kinship).where(Kinship.kind == kind, Kinship.second_id == second, Kinship.state == "in-force")
    return list(await session.exec(query.order_by(Kinship.urn)))
