"""All SQL of this department."""

from collections.abc import Iterable, Sequence

from sqlalchemy import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from health.tables import CodeRow


async def known(session: AsyncSession, people: Iterable[str]) -> set[str]:
    """Those of the people who have a code."""
    held = select(CodeRow.holder).where(col(CodeRow.holder).in_(sorted(people)))
    return set((await session.exec(held)).all())


async def add(session: AsyncSession, codes: Sequence[CodeRow]) -> None:
    if codes:
        await (await session.connection()).execute(insert(CodeRow), [code.model_dump() for code in codes])


async def locked(session: AsyncSession, holder: str) -> CodeRow | None:
    """A person's code, held until the transaction ends."""
    wanted = select(CodeRow).where(CodeRow.holder == holder).with_for_update()
    return (await session.exec(wanted)).one_or_none()
