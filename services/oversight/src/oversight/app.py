"""Where the service is put together: the one place that builds what routes and consumers work with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import partial

import httpx
from fastapi import FastAPI
from onewindow_contracts import loader
from onewindow_contracts.errors import NotYetInForce
from onewindow_contracts.loader import Contracts
from onewindow_kit import db, sealing
from onewindow_kit.adverse import Bases
from onewindow_kit.app import create_app
from onewindow_kit.auth import Verifier, issuer_keys
from onewindow_kit.consumer.hearing import hearing
from onewindow_kit.duties import Duties
from onewindow_kit.edge import Database
from onewindow_kit.evidence import CheckDesk, OwnRecords
from onewindow_kit.guard import Guard
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import RuleNotInForce
from onewindow_kit.pseudonyms import IdentityClient
from onewindow_kit.records import Records
from onewindow_kit.topics import Topic
from onewindow_kit.waker import Waker
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight.consumers import alarms, notices
from oversight.routes import ROUTERS
from oversight.service.desk import Desk, People
from oversight.service.duties import duties
from oversight.settings import Settings

NAME = "oversight"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a process of this department works with while it runs."""

    contracts: Contracts
    keyring: Keyring
    sessions: async_sessionmaker[AsyncSession]
    desk: Desk
    waker: Waker


def topics(settings: Settings) -> list[Topic]:
    """The topics of this department."""
    known = loader.load(settings.contracts or None).topics.values()
    return [Topic.of(topic) for topic in known if NAME in topic.producers and topic.kind != "log"]


@asynccontextmanager
async def parts(settings: Settings, *, identity: People | None = None) -> AsyncIterator[Parts]:
    """Everything opened, and closed at the end; ``identity`` replaces the client that asks it over HTTP."""
    contracts = loader.load(settings.contracts or None)
    keyring = Keyring.load(settings.keyring)
    sealing.use(keyring)
    issuer = settings.issuer_url or settings.issuer
    async with (
        db.opened(settings.database, pool_size=settings.database_pool) as sessions,
        Waker(settings.database) as waker,
        IdentityClient(settings.identity_url, issuer=issuer, keyring=keyring) as client,
    ):
        records = Records(keyring, settings.instance)
        desk = Desk(records, settings.instance, contracts, identity or client, keyring, settings.time_zone)
        yield Parts(contracts, keyring, sessions, desk, waker)


def create(settings: Settings, *, verifier: Verifier | None = None, identity: People | None = None) -> FastAPI:
    """The HTTP side; its lifespan opens what it needs. ``verifier`` takes the place of the whole guard, in tests."""
    contracts = loader.load(settings.contracts or None)
    http = httpx.AsyncClient(timeout=5.0, trust_env=False)
    guard = None
    if verifier is None:
        fetch = issuer_keys(settings.issuer_url or settings.issuer, http)
        guard = Guard(settings, NAME, contracts, Keyring.load(settings.keyring), fetch)
        verifier = guard.verifier

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with http, parts(settings, identity=identity) as opened:
            app.state.desk = opened.desk
            app.state.records = opened.desk.records
            hosts = {office.name: office.host for office in opened.contracts.authorities.values()}
            own, bases = OwnRecords(opened.desk.records), Bases(opened.contracts)
            app.state.evidence = CheckDesk(own, opened.keyring, bases, hosts, opened.desk.today)
            sealer = sealing.sealer_of(NAME)
            database = app.state.edge.database = Database(opened.sessions, sealer, opened.waker.wake)
            app.state.duties = Duties(database, duties(opened.desk), opened.desk.today)
            async with guard or nullcontext(), app.state.duties.running():
                yield

    return create_app(
        settings,
        contract=contracts.openapi(NAME),
        routers=ROUTERS,
        verifier=verifier,
        lifespan=lifespan,
        refusals={NotYetInForce: RuleNotInForce},
        looks=guard.looks if guard else None,
    )


async def consume(settings: Settings, stop: asyncio.Event, *, identity: People | None = None) -> None:
    """Apply identity's notices and everybody's alarms until ``stop``; ``identity`` as in ``parts``."""
    async with parts(settings, identity=identity) as opened:
        consumer = hearing(
            NAME,
            settings,
            opened.contracts,
            sessions=opened.sessions,
            keyring=opened.keyring,
            handle=partial(notices.handle, opened.desk),
            wake=opened.waker.wake,
        )
        follow = alarms.follow(
            opened.desk, opened.sessions, opened.waker.wake, stop, kafka=settings.kafka, prefix=settings.topic_prefix
        )
        async with asyncio.TaskGroup() as both:
            both.create_task(consumer.run(stop))
            both.create_task(follow)
