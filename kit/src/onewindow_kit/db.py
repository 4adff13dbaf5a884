"""A department's database: engine, sessions, and the kit's own tables in it.

Sessions are SQLModel's, so that a store can ``exec(select(Row))``; hot commands use Core. Application code never
commits: the edge, a consumer's loop and the import do. The relay does not import this module (SQLAlchemy costs it 70 MB).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.ext.asyncio import AsyncSession as PlainAsyncSession
from sqlalchemy.orm import Session as PlainSession
from sqlmodel import Session as ModelSession
from sqlmodel.ext.asyncio.session import AsyncSession as ModelAsyncSession

type_instant = DateTime(timezone=True)
metadata = MetaData()

record = Table(
    "record",
    metadata,
    Column("urn", Text, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("change", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("data", LargeBinary, comment="the sealed envelope as sent; null once erased"),
    Column("recorded_at", type_instant, nullable=False),
    Column("ended", Boolean, nullable=False, server_default=text("false")),
    Index("record_topic_urn", "topic", "urn"),
    comment="every record's current published state: serves snapshot, republish and ETag",
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("topic", Text, nullable=False),
    Column("urn", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("change", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("value", LargeBinary, comment="sealed; of an erased record the seal of nothing, which proves its tombstone"),
    Column("correlation", Text, nullable=False),
    Column("recorded_at", type_instant, nullable=False),
    Column("published_at", type_instant),
    Index("outbox_waiting", "id", postgresql_where=text("published_at is null")),
    Index("outbox_published", "published_at", postgresql_where=text("published_at is not null")),
    comment="what the relay has yet to publish; published rows are pruned after a day",
)

relay_offset = Table(
    "relay_offset",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next", BigInteger, nullable=False),
    comment="the offset after the newest acknowledged event of each partition",
)

consumer_offset = Table(
    "consumer_offset",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next", BigInteger, nullable=False),
    comment="where each consumer goes on; moves in the transaction of the use case",
)

consumer_version = Table(
    "consumer_version",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("urn", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    comment="the highest version that took effect: a relay's repeat has none",
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("client", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False, comment="SHA-256 of operation, path and body"),
    Column("status", SmallInteger),
    Column("headers", JSONB),
    Column("body", LargeBinary, comment="the answer, sealed under the holder's fields key"),
    Column("created_at", type_instant, nullable=False, server_default=text("now()")),
    Index("idempotency_created", "created_at"),
    comment="answers of commands, to be replayed for a repeated Idempotency-Key",
)

import_progress = Table(
    "import_progress",
    metadata,
    Column("target", Text, primary_key=True),
    Column("content", LargeBinary, primary_key=True, comment="SHA-256 of the whole file"),
    Column("position", BigInteger, nullable=False, comment="byte offset after the last stored batch"),
    Column("line", BigInteger, nullable=False),
    Column("stored", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False),
    Column("rejects_size", BigInteger, nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("updated_at", type_instant, nullable=False),
    comment="how far each imported file is; moves in the transaction of the batch",
)


class _Session(ModelSession):
    execute = PlainSession.execute


class AsyncSession(ModelAsyncSession):
    """SQLModel's session for ``exec``, with Core's ``execute`` as it is: SQLModel's warns at each call, at a cost."""

    sync_session_class = _Session
    execute = PlainAsyncSession.execute


def create_engine(url: str, *, pool_size: int = 10) -> AsyncEngine:
    """An engine for ``postgresql+asyncpg://…``; a pooled connection that went is replaced when it is wanted next."""
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        hide_parameters=True,  # a failing statement must not carry a name or a number into a log
        max_overflow=pool_size,
        pool_timeout=10,
        connect_args={"timeout": 10, "server_settings": {"application_name": "onewindow"}},
    )
    event.listen(engine.sync_engine, "checkout", _still_open)
    return engine


def _still_open(connection: Any, _record: Any, _proxy: Any) -> None:
    # The driver knows when its socket was closed: asking the server (pool_pre_ping) would cost every command a round trip.
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def session_factory(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Sessions whose objects stay readable after the commit."""
    return async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


@asynccontextmanager
async def opened(url: str, *, pool_size: int = 10) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    """The session factory for a lifespan; disposes of the pool at its end."""
    engine = create_engine(url, pool_size=pool_size)
    try:
        yield session_factory(engine)
    finally:
        await engine.dispose()


def plain_url(url: str) -> str:
    """The same database for raw asyncpg: ``postgresql://…``."""
    scheme, rest = url.split("://", 1)
    return f"{scheme.split('+', 1)[0]}://{rest}"
