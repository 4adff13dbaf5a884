"""Entries in the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, literal_column
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.domain.lottery.draw import Listed
from transport.store.bulk import among
from transport.tables import Lottery, LotteryEntry

ON_THE_LIST = ("listed", "lost", "won", "awarded", "not-awarded")


async def add(session: AsyncSession, row: LotteryEntry) -> bool:
    """Store a new entry; False when the applicant has one in the pool: of two at once one is stored."""
    statement = (
        insert(LotteryEntry)
        .values({name: getattr(row, name) for name in LotteryEntry.model_fields})
        .on_conflict_do_nothing(
            index_elements=["lottery", "applicant"], index_where=col(LotteryEntry.state) == literal_column("'entered'")
        )
        .returning(col(LotteryEntry.urn))
    )
    return (await (await session.connection()).execute(statement)).one_or_none() is not None


async def in_state(session: AsyncSession, lottery: str, state: str) -> Sequence[LotteryEntry]:
    """A pool's entries of one state, locked, in the order in which they came."""
    query = select(LotteryEntry).where(LotteryEntry.lottery == lottery, LotteryEntry.state == state)
    ordered = query.order_by(col(LotteryEntry.created_at), LotteryEntry.urn).with_for_update()
    return (await session.exec(ordered, execution_options={"populate_existing": True})).all()


async def applicants(session: AsyncSession, lottery: str) -> list[str]:
    """Everybody who has entered so far."""
    query = select(LotteryEntry.applicant).where(LotteryEntry.lottery == lottery, LotteryEntry.state == "entered")
    return list((await session.exec(query)).all())


async def listed(session: AsyncSession, lottery: str) -> list[Listed]:
    """The frozen list in order of the codes."""
    query = select(LotteryEntry.code, LotteryEntry.weight).where(
        LotteryEntry.lottery == lottery, col(LotteryEntry.state).in_(ON_THE_LIST)
    )
    found = (await session.exec(query)).all()
    return sorted(Listed(code, weight or 0) for code, weight in found)


async def page(session: AsyncSession, lottery: str, after: str, limit: int) -> tuple[list[Listed], str | None]:
    """Up to ``limit`` lines of the frozen list after a code, and the last one if more follow."""
    query = (
        select(LotteryEntry.code, LotteryEntry.weight)
        .where(
            LotteryEntry.lottery == lottery,
            col(LotteryEntry.state).in_(ON_THE_LIST),
            col(LotteryEntry.code).collate("C") > after,
        )
        .order_by(col(LotteryEntry.code).collate("C"))
        .limit(limit + 1)
    )
    found = [Listed(code, weight or 0) for code, weight in (await session.exec(query)).all()]
    return found[:limit], found[limit - 1].code if len(found) > limit else None


async def winners(session: AsyncSession, lottery: str) -> list[str]:
    """The codes drawn, in order."""
    query = select(LotteryEntry.code).where(LotteryEntry.lottery == lottery, col(LotteryEntry.drawn).is_not(None))
    return list((await session.exec(query.order_by(col(LotteryEntry.drawn)))).all())


async def failed_rounds(session: AsyncSession, people: Collection[str]) -> dict[str, int]:
    """How many draws each person took part in without luck since the last quota; nobody without one."""
    lost = (
        select(LotteryEntry.applicant, LotteryEntry.lottery, Lottery.drawn_at)
        .join(Lottery, col(Lottery.urn) == LotteryEntry.lottery)
        .where(among(col(LotteryEntry.applicant), people), LotteryEntry.state == "lost")
        .subquery()
    )
    given = (
        select(LotteryEntry.applicant, func.max(Lottery.drawn_at).label("last"))
        .join(Lottery, col(Lottery.urn) == LotteryEntry.lottery)
        .where(among(col(LotteryEntry.applicant), people), LotteryEntry.state == "awarded")
        .group_by(LotteryEntry.applicant)
        .subquery()
    )
    query = (
        select(lost.c.applicant, func.count(lost.c.lottery.distinct()))
        .outerjoin(given, given.c.applicant == lost.c.applicant)
        .where((given.c.last.is_(None)) | (lost.c.drawn_at > given.c.last))
        .group_by(lost.c.applicant)
    )
    return dict((await session.exec(query)).all())
