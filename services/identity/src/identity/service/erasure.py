"""After an erasure nobody can log in as the person, or find them by number or by pseudonym.

Rows stay where others' rows refer to them, and name nobody: no name, a number that no number meets, and pseudonyms in the
place of the old ones that were never anybody's.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection

from onewindow_kit.pseudonyms import Pseudonym as Name
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.tables import Identification, Person, Pseudonym


async def forget(session: AsyncSession, pseudonyms: Collection[str]) -> None:
    """Whoever these pseudonyms name, with entries that were merged into theirs; nobody there is no error."""
    owned = select(Pseudonym.person_id).where(col(Pseudonym.pseudonym).in_(pseudonyms))
    query = select(Person).where(or_(col(Person.id).in_(owned), col(Person.merged_into).in_(owned)))
    people = (await session.exec(query.order_by(col(Person.id)).with_for_update())).all()
    ids = [person.id for person in people]
    for person in people:
        person.name, person.ethnic_group, person.birth_division = "", None, None
    for number in (await session.exec(select(Identification).where(col(Identification.person_id).in_(ids)))).all():
        number.number, number.number_blind = (
            "",
            secrets.token_bytes(32),
        )  # not a rule: bytes, as many as a keyed hash has
    for name in (await session.exec(select(Pseudonym).where(col(Pseudonym.person_id).in_(ids)))).all():
        fresh = Pseudonym(
            pseudonym=str(Name.new(name.sector)),
            person_id=name.person_id,
            sector=name.sector,
            generation=name.generation,
            current=name.current,
        )
        await session.delete(name)
        await session.flush()  # one current name a sector: the old one goes first
        session.add(fresh)
    await session.flush()
