"""Databases and topic prefixes of one test session on the running engines."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg


def kafka_address() -> str:
    return os.environ["ONEWINDOW_TEST_KAFKA"]


def topic_prefix() -> str:
    """A prefix that no other session uses: ``t3f9a1c.``."""
    return f"t{secrets.token_hex(4)}."


@asynccontextmanager
async def fresh_database(name: str = "test") -> AsyncIterator[str]:
    """The URL (``postgresql+asyncpg://…``) of an empty database, dropped afterwards with whoever is still in it."""
    admin = os.environ["ONEWINDOW_TEST_DATABASE"]
    database = f"{name}_{secrets.token_hex(6)}"
    await _execute(admin, f'create database "{database}"')
    try:
        yield admin.replace("postgresql://", "postgresql+asyncpg://").rsplit("/", 1)[0] + f"/{database}"
    finally:
        await _execute(admin, f'drop database "{database}" with (force)')


@asynccontextmanager
async def migrated_database(migrations: Path, name: str = "test") -> AsyncIterator[str]:
    """The same with a department's migrations applied."""
    from onewindow_kit.migrate import upgrade

    async with fresh_database(name) as url:
        await upgrade(url, migrations)
        yield url


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
