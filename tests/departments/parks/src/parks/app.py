"""Where the service is put together: the one place that builds what routes work with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI
from onewindow_contracts import loader
from onewindow_kit import db, sealing
from onewindow_kit.app import create_app
from onewindow_kit.auth import issuer_keys
from onewindow_kit.edge import Database
from onewindow_kit.guard import Guard
from onewindow_kit.keyring import Keyring
from onewindow_kit.records import Records
from onewindow_kit.settings import ServiceSettings
from onewindow_kit.topics import Topic
from onewindow_kit.waker import Waker

from parks.routes import router
from parks.service import Desk

NAME = "parks"


def topics(settings: ServiceSettings) -> list[Topic]:
    """The topics that this department produces; ``all`` and ``migrate`` make them in Kafka."""
    known = loader.load(settings.contracts or None).topics.values()
    return [Topic.of(topic) for topic in known if NAME in topic.producers]


def create(settings: ServiceSettings) -> FastAPI:
    """The HTTP side; its lifespan opens what it needs."""
    contracts = loader.load(settings.contracts or None)
    keyring = Keyring.load(settings.keyring)
    sealer = sealing.use(keyring)
    http = httpx.AsyncClient(timeout=5.0, trust_env=False)
    guard = Guard(settings, NAME, contracts, keyring, issuer_keys(settings.issuer_url or settings.issuer, http))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            http,
            db.opened(settings.database, pool_size=settings.database_pool) as sessions,
            Waker(settings.database) as waker,
            guard,
        ):
            app.state.desk = Desk(Records(keyring, settings.instance), contracts, settings.time_zone)
            app.state.edge.database = Database(sessions, sealer, waker.wake)
            yield

    return create_app(
        settings,
        contract=contracts.openapi(NAME),
        routers=[router],
        verifier=guard.verifier,
        lifespan=lifespan,
        looks=guard.looks,
    )
