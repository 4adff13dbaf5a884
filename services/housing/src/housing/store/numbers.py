"""Certificate numbers: each is given out once; one that a refused command drew is lost."""

from collections.abc import Collection
from datetime import date

import orjson
from sqlalchemy import ARRAY, Text, bindparam, select, text
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.tables import entry_certificate_number

_DRAW = text(
    """
    select nextval('certificate_number') as number,
        (select json_object_agg(person, died_on)::text from deceased where person = any(:persons)) as dead
    """
).bindparams(bindparam("persons", type_=ARRAY(Text())))


async def draw_for(session: AsyncSession, persons: Collection[str]) -> tuple[int, dict[str, date]]:
    """The next certificate of title's number, and those of ``persons`` who have died: one question for both."""
    row = (await (await session.connection()).execute(_DRAW, {"persons": list(persons)})).one()
    return row.number, {person: date.fromisoformat(day) for person, day in orjson.loads(row.dead or "{}").items()}


async def next_entry_certificate(session: AsyncSession) -> int:
    """For a certificate of entry (a mortgage's)."""
    return (await (await session.connection()).execute(select(entry_certificate_number.next_value()))).scalar_one()
