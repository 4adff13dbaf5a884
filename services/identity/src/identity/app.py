"""Identity's application, put together in one place."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

import httpx
import structlog
from fastapi import FastAPI
from onewindow_contracts import loader
from onewindow_contracts.errors import ContractError, NotYetInForce
from onewindow_contracts.loader import Contracts
from onewindow_kit import db, sealing
from onewindow_kit.adverse import disputed
from onewindow_kit.adverse.parts import machine
from onewindow_kit.adverse.refused import application_refused
from onewindow_kit.adverse.routes import AdverseDesk
from onewindow_kit.app import create_app
from onewindow_kit.auth import Verifier, issuer_keys
from onewindow_kit.cases import Cases
from onewindow_kit.dpop import Proofs, Seen
from onewindow_kit.duties import Duties
from onewindow_kit.edge import Database
from onewindow_kit.evidence import Neighbours
from onewindow_kit.guard import Guard
from onewindow_kit.keyring import Keyring
from onewindow_kit.node import Node
from onewindow_kit.problems import RuleNotInForce
from onewindow_kit.topics import Topic
from onewindow_kit.waker import Waker
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import State

from identity import routes
from identity.events import Office
from identity.issuer import Issuer
from identity.issuer import router as issuer_router
from identity.issuer.clients import Clients
from identity.issuer.people import SamplePeople
from identity.routes.desks import desk_of
from identity.service import names
from identity.service.duties import duties_of
from identity.service.kinds import KINDS
from identity.service.real_names import BankCardVerifier, HttpVerifier, SampleVerifier
from identity.service.rules import Rules
from identity.settings import IdentitySettings

NAME = "identity"
ROUTERS = [*routes.ROUTERS, issuer_router]
LOOK_AGAIN = 1.0
"""Seconds between two looks at the contracts' files."""

log = structlog.get_logger(__name__)


def contracts_of(settings: IdentitySettings) -> Contracts:
    return loader.load(settings.contracts or None)


def topics(settings: IdentitySettings) -> list[Topic]:
    """The topics that identity publishes to."""
    return [Topic.of(t) for t in contracts_of(settings).topics.values() if t.department == NAME]


def create(settings: IdentitySettings, *, guarded: bool = True) -> FastAPI:
    """The application; its lifespan opens the database, wakes the relay and does what falls due by itself.

    Without ``guarded`` nobody is asked about revocations, and looks are neither decided nor recorded: for identity's own tests.
    """
    contracts = contracts_of(settings)
    keyring = Keyring.load(settings.keyring)
    sealer = sealing.use(keyring)
    office = Office.of(contracts, keyring, settings.instance, settings.time_zone)
    waker = Waker(settings.database)
    engine = db.create_engine(settings.database, pool_size=settings.database_pool)
    sessions = db.session_factory(engine)
    client = httpx.AsyncClient(timeout=5, trust_env=False)
    abroad = issuer_keys(settings.issuer_url or settings.issuer, client)

    async def keys() -> dict[str, Any]:
        return await (issuer.key_set() if issuer else abroad())

    guard = Guard(settings, NAME, contracts, keyring, keys, office.today) if guarded else None
    node = Node(settings.node)  # of this process alone, where nothing guards
    proofs = guard.proofs if guard else Proofs(Seen(node))
    issuer = None
    if settings.dev_issuer:
        issuer = Issuer(
            settings.issuer,
            lambda: keyring.issuer,
            Clients(settings.clients),
            SamplePeople(settings.sample_people),
            purposes=lambda: app.state.rules.contracts.purposes,
            proofs=proofs,
            revocations=guard.revocations if guard else None,
            lifetime=settings.token_seconds,
        )
    neighbours = Neighbours(
        settings.department_urls,
        partial(_introduced, sessions, lambda: app.state),
        issuer=settings.issuer_url or settings.issuer,
        keyring=keyring,
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(engine.dispose)
            stack.push_async_callback(client.aclose)
            await stack.enter_async_context(waker)
            if guard is None:
                stack.enter_context(node)
            else:
                await stack.enter_async_context(guard)
            await stack.enter_async_context(neighbours)
            await stack.enter_async_context(app.state.duties.running())
            following = asyncio.create_task(_follow_contracts(app, guard), name="contracts")
            stack.push_async_callback(_ended, following)
            yield

    database = Database(sessions, sealer, waker.wake)
    app = create_app(
        settings,
        contract=contracts.openapi(NAME),
        routers=ROUTERS,
        verifier=guard.verifier if guard else Verifier(settings.issuer, NAME, keys, proofs=proofs),
        looks=guard.looks if guard else None,
        database=database,
        lifespan=lifespan,
        refusals={NotYetInForce: RuleNotInForce},
    )
    app.state.records = office.records
    app.state.office = office
    app.state.rules = Rules(contracts, office.authority)
    app.state.issuer = issuer
    app.state.cases = cases = Cases(office.records, f"{NAME}.case.v1", KINDS)
    working = machine(
        NAME,
        contracts=contracts,
        records=office.records,
        keyring=keyring,
        cases=cases,
        kinds=[application_refused(cases)],
        neighbours=neighbours,
        today=office.today,
        decide_by=lambda on: app.state.rules.compensation_due(on),
    )
    app.state.adverse = AdverseDesk(working.acts, partial(desk_of, app.state), office.today)
    app.state.evidence = working.checks
    app.state.edge.marks = disputed.mark
    app.state.duties = Duties(database, duties_of(lambda: app.state), office.today, every=settings.move_expiry_seconds)
    app.state.sessions, app.state.waker = sessions, waker
    app.state.bank_cards = _bank_cards(settings, client)
    return app


async def _introduced(
    sessions: async_sessionmaker[AsyncSession], state: Callable[[], State], person: str, receiver: str
) -> str:
    """Somebody whom this department knows, named to another sector: what others ask of it over HTTP."""
    async with sessions() as session, session.begin():
        desk = desk_of(state(), None, session)
        introduction = await names.introduce(desk, NAME, person, receiver)
        await desk.changes.publish()
        return introduction


def _bank_cards(settings: IdentitySettings, client: httpx.AsyncClient) -> BankCardVerifier | None:
    if settings.bank_verifier_url:
        return HttpVerifier(settings.bank_verifier_url, client)
    return SampleVerifier() if settings.dev_issuer else None


async def _follow_contracts(app: FastAPI, guard: Guard | None) -> None:
    """Rules as the contracts say now: the sector of a department that comes later is known without a restart."""
    while True:
        await asyncio.sleep(LOOK_AGAIN)
        known = app.state.rules.contracts
        try:
            # Both on a thread: requests don't wait for files.
            if await asyncio.to_thread(loader.changed, known):
                contracts = await asyncio.to_thread(loader.load, known.folders)
                app.state.rules = Rules(contracts, app.state.office.authority)
                if guard is not None:
                    guard.register.read(contracts)
                log.info("contracts read again", sectors=len(app.state.rules.sectors))
        except (ContractError, LookupError, OSError) as error:
            log.warning("contracts can't be read; identity goes on with those before", error=str(error)[:300])


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
