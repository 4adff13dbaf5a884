"""Where the service is put together: the one place that builds what routes and consumers work with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial

import httpx
from fastapi import FastAPI
from onewindow_contracts import loader
from onewindow_contracts.loader import Contracts
from onewindow_contracts.models.records import shared_adverse_act as shared
from onewindow_kit import clock, db, sealing
from onewindow_kit.adverse import matters
from onewindow_kit.adverse.parts import Machine, machine
from onewindow_kit.adverse.routes import AdverseDesk, adverse_router
from onewindow_kit.app import create_app
from onewindow_kit.auth import Verifier, issuer_keys
from onewindow_kit.cases import Cases
from onewindow_kit.consumer.hearing import hearing
from onewindow_kit.edge import Database
from onewindow_kit.evidence import Neighbours
from onewindow_kit.evidence.routes import evidence_router
from onewindow_kit.guard import Guard
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import IdentityClient
from onewindow_kit.records import Records
from onewindow_kit.settings import ServiceSettings
from onewindow_kit.topics import Topic
from onewindow_kit.waker import Waker
from onewindow_kit.wire import Event, Refused
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from health.events import CASE
from health.routes import router
from health.service import CASE_KINDS, KINDS, Desk

NAME = "health"
ROUTERS = (router, adverse_router(shared), evidence_router(shared.EvidenceQuestion, shared.EvidenceAnswer))


@dataclass(frozen=True, slots=True)
class Parts:
    """What a process of this department works with while it runs."""

    contracts: Contracts
    keyring: Keyring
    sessions: async_sessionmaker[AsyncSession]
    desk: Desk
    machine: Machine
    waker: Waker


def topics(settings: ServiceSettings) -> list[Topic]:
    """The topics that this department produces."""
    known = loader.load(settings.contracts or None).topics.values()
    return [Topic.of(topic) for topic in known if NAME in topic.producers]


@asynccontextmanager
async def parts(settings: ServiceSettings) -> AsyncIterator[Parts]:
    """Everything opened, and closed at the end."""
    contracts = loader.load(settings.contracts or None)
    keyring = Keyring.load(settings.keyring)
    sealing.use(keyring)
    issuer = settings.issuer_url or settings.issuer
    async with (
        db.opened(settings.database, pool_size=settings.database_pool) as sessions,
        Waker(settings.database) as waker,
        IdentityClient(settings.identity_url, issuer=issuer, keyring=keyring) as identity,
        Neighbours(settings.department_urls, identity.introduce, issuer=issuer, keyring=keyring) as neighbours,
    ):
        records = Records(keyring, settings.instance)
        working = machine(
            NAME,
            contracts=contracts,
            records=records,
            keyring=keyring,
            cases=Cases(records, CASE, CASE_KINDS),
            kinds=KINDS,
            neighbours=neighbours,
            today=partial(clock.today, settings.time_zone),
            decide_by=partial(compensation_due, contracts),
        )
        desk = Desk(records, contracts, settings.time_zone, working.acts)
        yield Parts(contracts, keyring, sessions, desk, working, waker)


def compensation_due(contracts: Contracts, on: date) -> date:
    """The last day for deciding on a compensation that was opened on a day."""
    return clock.months_after(on, contracts.parameter("offices.compensation-months", on))


def create(settings: ServiceSettings, *, verifier: Verifier | None = None) -> FastAPI:
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
        async with http, parts(settings) as opened:
            app.state.desk = opened.desk
            app.state.adverse = AdverseDesk(
                opened.machine.acts, lambda _caller, _session: opened.desk, opened.desk.today
            )
            app.state.evidence = opened.machine.checks
            sealer = opened.desk.records.sealer
            app.state.edge.database = Database(opened.sessions, sealer, opened.waker.wake)
            async with guard or nullcontext():
                yield

    return create_app(
        settings,
        contract=contracts.openapi(NAME),
        routers=ROUTERS,
        verifier=verifier,
        lifespan=lifespan,
        looks=guard.looks if guard else None,
    )


async def handle(opened: Parts, session: AsyncSession, event: Event) -> None:
    """One event, in the transaction that moves the consumer's place."""
    if event.topic != f"{matters.PREFIX}{NAME}.v1":
        raise Refused("event-unexpected", event.topic)
    if event.envelope is not None:
        await matters.heard(opened.machine.acts, opened.keyring, session, event.envelope)


async def consume(settings: ServiceSettings, stop: asyncio.Event) -> None:
    """Hear of open questions and disputes until ``stop``."""
    async with parts(settings) as opened:
        consumer = hearing(
            NAME,
            settings,
            opened.contracts,
            sessions=opened.sessions,
            keyring=opened.keyring,
            handle=partial(handle, opened),
            wake=opened.waker.wake,
        )
        await consumer.run(stop)
