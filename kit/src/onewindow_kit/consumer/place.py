"""Where a consumer is and what took effect, in the department's database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.db import consumer_offset, consumer_version

ERASED = 2**31 - 1
"""The version that stands for an erased record from then on: nothing of it has an effect, or is kept, ever again."""

_offset, _version = consumer_offset.c, consumer_version.c


async def places(
    session: AsyncSession, consumer: str, partitions: Sequence[tuple[str, int]]
) -> dict[tuple[str, int], int]:
    """The next offset of each (topic, partition); a new partition begins at 0."""
    connection = await session.connection()
    rows = [{"consumer": consumer, "topic": topic, "partition": number, "next": 0} for topic, number in partitions]
    await connection.execute(insert(consumer_offset).on_conflict_do_nothing(), rows)
    wanted = tuple_(_offset.topic, _offset.partition).in_(partitions)
    found = await connection.execute(select(consumer_offset).where(_offset.consumer == consumer, wanted))
    return {(row.topic, row.partition): row.next for row in found}


async def claim(session: AsyncSession, consumer: str, topic: str, partition: int) -> int:
    """The next offset, locked: a second process of the department waits here, then sees what the first has done."""
    query = select(_offset.next).where(
        _offset.consumer == consumer, _offset.topic == topic, _offset.partition == partition
    )
    return (await (await session.connection()).execute(query.with_for_update())).scalar_one()


async def keep(session: AsyncSession, consumer: str, topic: str, partition: int, following: int) -> None:
    """Move the place that ``claim`` locked."""
    place = (_offset.consumer == consumer, _offset.topic == topic, _offset.partition == partition)
    await (await session.connection()).execute(update(consumer_offset).where(*place).values(next=following))


async def first_time(session: AsyncSession, consumer: str, urn: str, version: int) -> bool:
    """Whether ``version`` is higher than any that took effect; from now on it has."""
    new = insert(consumer_version).values(consumer=consumer, urn=urn, version=version)
    statement = new.on_conflict_do_update(
        index_elements=["consumer", "urn"],
        set_={"version": new.excluded.version},
        where=_version.version < new.excluded.version,
    ).returning(_version.version)
    return (await (await session.connection()).execute(statement)).scalar_one_or_none() is not None


async def is_erased(session: AsyncSession, consumer: str, urn: str) -> bool:
    """Whether the record's erasure took effect here."""
    query = select(_version.version).where(_version.consumer == consumer, _version.urn == urn)
    return (await (await session.connection()).execute(query)).scalar_one_or_none() == ERASED
