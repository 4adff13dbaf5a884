"""Where the service is put together: the one place that builds what routes, consumers and imports work with."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import httpx
from fastapi import FastAPI
from onewindow_contracts import loader
from onewindow_contracts.errors import NotYetInForce
from onewindow_contracts.loader import Contracts
from onewindow_kit import clock, db, sealing
from onewindow_kit.adverse import disputed, matters
from onewindow_kit.adverse.parts import Machine, machine
from onewindow_kit.adverse.refused import application_refused
from onewindow_kit.adverse.routes import AdverseDesk
from onewindow_kit.app import create_app
from onewindow_kit.auth import Verifier, issuer_keys
from onewindow_kit.cases import Cases
from onewindow_kit.consumer.hearing import hearing
from onewindow_kit.duties import Duties
from onewindow_kit.edge import Database
from onewindow_kit.evidence import Neighbours
from onewindow_kit.guard import Guard
from onewindow_kit.imports import command as run_import
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import RuleNotInForce
from onewindow_kit.pseudonyms import IdentityClient
from onewindow_kit.records import Records
from onewindow_kit.topics import Topic
from onewindow_kit.waker import Waker
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import consumers, events, importers
from housing.routes import ROUTERS
from housing.service.kinds import KINDS
from housing.service.lapsing import DUTIES
from housing.service.registry import Registry
from housing.service.rules import Rules
from housing.settings import Settings

NAME = "housing"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a process of this department works with while it runs."""

    contracts: Contracts
    keyring: Keyring
    sessions: async_sessionmaker[AsyncSession]
    registry: Registry
    machine: Machine
    waker: Waker


def topics(settings: Settings) -> list[Topic]:
    """The topics that this department produces."""
    known = loader.load(settings.contracts or None).topics.values()
    return [Topic.of(topic) for topic in known if NAME in topic.producers]


@asynccontextmanager
async def parts(settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> AsyncIterator[Parts]:
    """Everything opened, and closed at the end. ``transport`` replaces the network on the way to identity."""
    contracts = loader.load(settings.contracts or None)
    keyring = Keyring.load(settings.keyring)
    sealing.use(keyring)
    issuer = settings.issuer_url or settings.issuer
    async with (
        db.opened(settings.database, pool_size=settings.database_pool) as sessions,
        Waker(settings.database) as waker,
        IdentityClient(settings.identity_url, issuer=issuer, keyring=keyring, transport=transport) as identity,
        Neighbours(settings.department_urls, identity.introduce, issuer=issuer, keyring=keyring) as neighbours,
    ):
        records = Records(keyring, settings.instance)
        cases, rules = Cases(records, events.CASE, KINDS), Rules(contracts)
        working = machine(
            NAME,
            contracts=contracts,
            records=records,
            keyring=keyring,
            cases=cases,
            kinds=[application_refused(cases)],
            neighbours=neighbours,
            today=partial(clock.today, settings.time_zone),
            decide_by=rules.compensation_due,
        )
        registry = Registry(records, rules, settings.time_zone, cases, identity)
        yield Parts(contracts, keyring, sessions, registry, working, waker)


def create(
    settings: Settings, *, verifier: Verifier | None = None, transport: httpx.AsyncBaseTransport | None = None
) -> FastAPI:
    """The HTTP side; its lifespan opens what it needs. ``verifier`` takes the place of the whole guard (in tests), ``transport``
    the network on the way to identity."""
    contracts = loader.load(settings.contracts or None)
    http = httpx.AsyncClient(timeout=5.0, trust_env=False)
    guard = None
    if verifier is None:
        fetch = issuer_keys(settings.issuer_url or settings.issuer, http)
        guard = Guard(settings, NAME, contracts, Keyring.load(settings.keyring), fetch)
        verifier = guard.verifier

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with http, parts(settings, transport) as opened:
            app.state.registry = opened.registry
            app.state.records = opened.registry.records
            app.state.adverse = AdverseDesk(
                opened.machine.acts, lambda _caller, _session: opened.registry, opened.registry.today
            )
            app.state.evidence = opened.machine.checks
            app.state.codelists = opened.contracts.codelists
            database = Database(opened.sessions, opened.registry.records.sealer, opened.waker.wake)
            app.state.edge.database = database
            app.state.edge.marks = disputed.mark
            app.state.duties = duties(opened.registry, database)
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


def duties(registry: Registry, database: Database) -> Duties:
    """What ends by itself when its day has passed."""

    def of(duty: Callable[[AsyncSession, Registry, date], Awaitable[int]]) -> Callable[..., Awaitable[int]]:
        return lambda session, today: duty(session, registry, today)

    return Duties(database, {name: of(duty) for name, duty in DUTIES.items()}, registry.today)


async def consume(settings: Settings, stop: asyncio.Event) -> None:
    """Apply the events that are addressed to housing until ``stop``."""
    async with parts(settings) as opened:
        consumer = hearing(
            NAME,
            settings,
            opened.contracts,
            sessions=opened.sessions,
            keyring=opened.keyring,
            handle=partial(
                consumers.handle, opened.registry, partial(matters.heard, opened.machine.acts, opened.keyring)
            ),
            wake=opened.waker.wake,
        )
        await consumer.run(stop)


async def take_over(settings: Settings, file: Path, record_type: str | None) -> int:
    """``import FILE``: titles of an older system, or employers' lists of contributions; the exit code."""
    if record_type not in (*importers.IMPORTS, None):
        print(f"housing imports {' and '.join(importers.IMPORTS)}, not {record_type}.", file=sys.stderr)
        return 2
    async with parts(settings) as opened:
        assert opened.registry.identity is not None, "parts always connects it"
        means = (opened.registry, opened.contracts, opened.registry.identity, opened.sessions)
        work = importers.IMPORTS[record_type or "title"](*means, settings.imports, opened.waker.wake)
        return await run_import(work, file)
