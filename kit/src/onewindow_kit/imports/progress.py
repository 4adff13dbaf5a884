"""How far a file is, in the department's database: it moves in the transaction that stores the rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.db import import_progress

_c = import_progress.c


class Overtaken(RuntimeError):
    """Another process imports the same file at the same time."""


@dataclass(frozen=True, slots=True)
class Place:
    """Byte offset and line after the last batch, how many rows went where, and the size of the file of refused rows."""

    position: int = 0
    line: int = 0
    stored: int = 0
    refused: int = 0
    rejects_size: int = 0
    finished: bool = False

    def after(self, *, position: int, line: int, stored: int, refused: int, rejects_size: int) -> Place:
        return replace(
            self,
            position=position,
            line=line,
            stored=self.stored + stored,
            refused=self.refused + refused,
            rejects_size=rejects_size,
        )


async def begin(session: AsyncSession, target: str, content: bytes) -> Place:
    """Where the import of this content into ``target`` is."""
    connection = await session.connection()
    new = insert(import_progress).values(target=target, content=content, updated_at=func.now(), **_columns(Place()))
    await connection.execute(new.on_conflict_do_nothing())
    row = (await connection.execute(select(import_progress).where(*_key(target, content)))).one()
    return Place(row.position, row.line, row.stored, row.refused, row.rejects_size, row.finished)


async def claim(session: AsyncSession, target: str, content: bytes, place: Place) -> None:
    """Lock the import for this transaction; Overtaken unless it still is at ``place``."""
    query = select(_c.position, _c.finished).where(*_key(target, content)).with_for_update()
    row = (await (await session.connection()).execute(query)).one()
    if row.position != place.position or row.finished:
        raise Overtaken("The same file is being imported by another process.")


async def keep(session: AsyncSession, target: str, content: bytes, place: Place) -> None:
    moved = update(import_progress).where(*_key(target, content)).values(updated_at=func.now(), **_columns(place))
    await (await session.connection()).execute(moved)


def _key(target: str, content: bytes) -> tuple:
    return (_c.target == target, _c.content == content)


def _columns(place: Place) -> dict[str, int | bool]:
    return {name: getattr(place, name) for name in Place.__slots__}
