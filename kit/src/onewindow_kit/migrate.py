"""Migrations with Alembic: one folder a department, one process at a time, all or nothing.

``migrations/env.py`` of each department is ``from onewindow_kit.migrate import run`` and ``run()``.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, text

from onewindow_kit.db import create_engine

LOCK = 0x6F6E6577  # an advisory lock of this database: several processes of a department may start at once


async def upgrade(url: str, folder: Path, revision: str = "head") -> None:
    """Bring the database at ``url`` to ``revision`` with the migrations in ``folder``; harmless when it is there."""
    engine = create_engine(url, pool_size=1)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, folder, revision)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, folder: Path, revision: str) -> None:
    connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def run() -> None:
    """What an ``env.py`` does: run the migrations on the connection that ``upgrade`` opened."""
    context.configure(connection=context.config.attributes["connection"])
    with context.begin_transaction():
        context.run_migrations()
