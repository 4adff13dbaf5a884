"""An importing department in a process of its own: rows go to the table ``owner``, 20 a batch.

Usage: python import_process.py DATABASE FILE REJECTS_FOLDER PAUSE. It waits PAUSE seconds in each batch's transaction.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

from onewindow_kit import db
from onewindow_kit.imports import Import, Parsed, command
from pydantic import BaseModel, Field


class Owner(BaseModel):
    number: str = Field(pattern=r"^\d{4}$")
    name: str


async def main(database: str, file: str, folder: str, pause: str) -> int:
    async def store(session: Any, rows: list[Parsed]) -> None:
        connection = await session.connection()
        await connection.exec_driver_sql(
            "insert into owner select * from unnest($1::text[], $2::text[])",
            ([row.model.number for row in rows], [row.model.name for row in rows]),
        )
        await connection.exec_driver_sql("select pg_sleep($1)", (float(pause),))

    async with db.opened(database, pool_size=2) as sessions:
        importing = Import(
            target="housing.owner",
            labels={"number": ["公民身份号码"], "name": ["姓名"]},
            parse=Owner.model_validate,
            store=store,
            sessions=sessions,
            rejects_folder=Path(folder),
            batch=20,
        )
        return await command(importing, Path(file))


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:])))
