"""Where the service is put together: the one place that builds what routes, consumers and imports work with."""

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
from onewindow_kit import clock, db, sealing
from onewindow_kit.adverse import disputed
from onewindow_kit.adverse.parts import Machine, machine
from onewindow_kit.adverse.routes import AdverseDesk
from onewindow_kit.app import create_app
from onewindow_kit.auth import Verifier, issuer_keys
from onewindow_kit.cases import Cases
from onewindow_kit.consumer.hearing import hearing
from onewindow_kit.duties import Duties
from onewindow_kit.edge import Database
from onewindow_kit.evidence import Neighbours
from onewindow_kit.guard import Guard
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import RuleNotInForce
from onewindow_kit.pseudonyms import IdentityClient
from onewindow_kit.records import Records
from onewindow_kit.topics import Topic
from onewindow_kit.waker import Waker
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from transport import consumers
from transport.routes import ROUTERS
from transport.service import adverse
from transport.service.contributions import Contributions, ContributionsClient
from transport.service.desk import Acting, Desk, People
from transport.service.duties import duties
from transport.service.kinds import CASE, KINDS
from transport.service.rules import Rules
from transport.settings import Settings

NAME = "transport"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a process of this department works with while it runs."""

    contracts: Contracts
    keyring: Keyring
    sessions: async_sessionmaker[AsyncSession]
    desk: Desk
    machine: Machine
    waker: Waker


def topics(settings: Settings) -> list[Topic]:
    """The topics that this department produces."""
    known = loader.load(settings.contracts or None).topics.values()
    return [Topic.of(topic) for topic in known if NAME in topic.producers]


@asynccontextmanager
async def parts(
    settings: Settings, *, identity: People | None = None, contributions: Contributions | None = None
) -> AsyncIterator[Parts]:
    """Everything opened, and closed at the end; the last two replace the clients that ask neighbours over HTTP."""
    contracts = loader.load(settings.contracts or None)
    keyring = Keyring.load(settings.keyring)
    sealing.use(keyring)
    issuer = settings.issuer_url or settings.issuer
    async with (
        db.opened(settings.database, pool_size=settings.database_pool) as sessions,
        Waker(settings.database) as waker,
        IdentityClient(settings.identity_url, issuer=issuer, keyring=keyring) as client,
        ContributionsClient(settings.housing_url, identity or client, issuer=issuer, keyring=keyring) as fund,
        Neighbours(settings.department_urls, client.introduce, issuer=issuer, keyring=keyring) as neighbours,
    ):
        records = Records(keyring, settings.instance)
        cases, rules = Cases(records, CASE, KINDS), Rules(contracts)
        working = machine(
            NAME,
            contracts=contracts,
            records=records,
            keyring=keyring,
            cases=cases,
            kinds=adverse.kinds(cases),
            neighbours=neighbours,
            today=partial(clock.today, settings.time_zone),
            decide_by=rules.compensation_due,
            stands=adverse.STANDS,
        )
        desk = Desk(
            records,
            settings.instance,
            rules,
            identity or client,
            settings.time_zone,
            cases,
            contributions or fund,
            working.acts,
        )
        yield Parts(contracts, keyring, sessions, desk, working, waker)


def create(
    settings: Settings,
    *,
    verifier: Verifier | None = None,
    identity: People | None = None,
    contributions: Contributions | None = None,
) -> FastAPI:
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
        async with http, parts(settings, identity=identity, contributions=contributions) as opened:
            app.state.desk = opened.desk
            app.state.records = opened.desk.records
            app.state.adverse = AdverseDesk(
                opened.machine.acts, lambda caller, _session: Acting(opened.desk, caller), opened.desk.today
            )
            app.state.evidence = opened.machine.checks
            sealer = sealing.sealer_of(NAME)
            database = app.state.edge.database = Database(opened.sessions, sealer, opened.waker.wake)
            app.state.edge.marks = disputed.mark
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
    """Apply the events that are addressed to transport until ``stop``; ``identity`` as in ``parts``."""
    async with parts(settings, identity=identity) as opened:
        consumer = hearing(
            NAME,
            settings,
            opened.contracts,
            sessions=opened.sessions,
            keyring=opened.keyring,
            handle=partial(consumers.handle, opened.desk, opened.keyring),
            wake=opened.waker.wake,
        )
        await consumer.run(stop)
