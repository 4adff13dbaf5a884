"""The gateway's HTTP side, built in one place. What is opened here is opened in the lifespan, never before a fork."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import httpx
from fastapi import FastAPI
from onewindow_contracts import loader
from onewindow_kit import clock
from onewindow_kit.access import AccessLog, Writer
from onewindow_kit.alarms.canaries import Canaries
from onewindow_kit.app import create_app
from onewindow_kit.auth import Verifier, issuer_keys
from onewindow_kit.budgets import Budgets, Fold, Periods, Raising, Thresholds, Watch
from onewindow_kit.dpop import Proofs, Seen
from onewindow_kit.keyring import Keyring
from onewindow_kit.node import Node
from onewindow_kit.pseudonyms import IdentityClient
from onewindow_kit.revocations import Revocations
from onewindow_kit.sealing import Sealer
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from gateway.access.backstop import Backstop
from gateway.access.looks import Looks
from gateway.agencies.persons import Persons
from gateway.agencies.views import PurposeViews
from gateway.catalogue import Catalogue
from gateway.commands.exchange import Exchange
from gateway.commands.outward import Neighbour
from gateway.commands.own import Own
from gateway.commands.relay import Commands
from gateway.hot import ReadForPurpose, ReadView
from gateway.limits.border import Border
from gateway.limits.buckets import Buckets
from gateway.limits.streams import Streams
from gateway.parts import Parts
from gateway.record.reader import Record
from gateway.record.words import newest
from gateway.routes import agencies, changes, commands, log, pages, record, reference, window
from gateway.settings import GatewaySettings
from gateway.view import View

AUDIENCE = "gateway"
ROUTERS = (
    *(window.router, changes.router, commands.router, agencies.router, reference.router),
    *(record.router, log.router),
)
OPEN = frozenset({"/openapi.json", "/v1/problems/{code}", *(route.path for route in pages.ROUTES)})
"""Templates of what anybody may read and no operation of the contract declares."""
EXPOSED = ["ETag", "Onewindow-Version", "Onewindow-Entry", "Correlation-Id", "Retry-After", "Location"]
ASKED = ["Authorization", "DPoP", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Onewindow-Version"]


def create(settings: GatewaySettings, *, supervised: bool = True) -> ASGIApp:
    """The outermost application; each layer's ``app`` is the one inside it, down to the FastAPI one.

    ``supervised`` False: no revocations and locks are followed, for tests of the gateway alone.
    """
    contracts = loader.load(settings.contracts or None)
    keyring = Keyring.load(settings.keyring)
    catalogue = Catalogue(contracts, settings.instance)
    view = View(settings, keyring, contracts)
    sealer = Sealer(keyring)
    node = Node(settings.node)
    writer = Writer(settings.kafka, sealer, prefix=settings.topic_prefix)
    entries = AccessLog(settings.instance, writer)
    followed = Revocations(settings.kafka, keyring, instance=settings.instance, prefix=settings.topic_prefix)
    revocations = followed if supervised else None
    issuer_url = settings.issuer_url or settings.issuer
    issuer = httpx.AsyncClient(timeout=5, trust_env=False)
    identity = IdentityClient(settings.identity_url, issuer=issuer_url, keyring=keyring)
    verifier = Verifier(
        settings.issuer,
        AUDIENCE,
        issuer_keys(issuer_url, issuer),
        bound={"agency"},
        proofs=Proofs(Seen(node)),
        revocations=revocations,
        base=settings.public_url,
    )
    raising = Raising(node, settings.instance)
    budgets = Budgets(node, periods=Periods(settings.time_zone), raising=raising, standing=revocations)
    views = PurposeViews(
        view,
        catalogue,
        Persons(identity),
        entries,
        budgets,
        today=partial(clock.today, settings.time_zone),
        blind=keyring.blind,
    )
    looks = Looks(entries)
    canaries = Canaries(settings.canaries, keyring.blind)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as opened:
            opened.enter_context(node)
            for part in (issuer, identity, catalogue, view, writer):
                await opened.enter_async_context(part)
            fold = Fold(
                budgets,
                raising,
                sealer,
                purpose=lambda name: catalogue.now.purposes.get(name),
                person=view.current,
                canary=canaries.__contains__,
                mine=writer.wrote,
                thresholds=Thresholds(settings.alarm_repeat, settings.alarm_failed, settings.alarm_near),
            )
            watch = Watch(budgets, raising, sealer, fold, kafka=settings.kafka, prefix=settings.topic_prefix)
            await opened.enter_async_context(watch)
            if revocations is not None:
                await opened.enter_async_context(revocations)
            app.state.parts = await _parts(settings, keyring, catalogue, view, looks, opened)
            yield

    app = create_app(
        settings, contract=contracts.openapi(AUDIENCE), routers=ROUTERS, verifier=verifier, lifespan=lifespan
    )
    app.router.routes.extend(pages.ROUTES)
    public = frozenset(route.endpoint for route in app.router.routes if getattr(route, "path", None) in OPEN)
    backstop = Backstop(app, looks, verifier, app.state.edge.operations, public)
    agencies_in_front = ReadForPurpose(backstop, verifier, views, body_limit=settings.body_limit)
    inner = ReadView(agencies_in_front, view, verifier, entries)
    share = settings.workers  # each process counts for itself
    bordered = Border(
        inner,
        verifier,
        clients=Buckets(settings.rate_limit / share, max(1, settings.rate_burst / share)),
        failures=Buckets(settings.failure_limit / share, max(1, settings.failure_burst / share)),
    )
    if not settings.cors_origins:
        return bordered
    return CORSMiddleware(
        bordered,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST"],
        allow_headers=ASKED,
        expose_headers=EXPOSED,
        max_age=600,
    )


async def _parts(
    settings: GatewaySettings,
    keyring: Keyring,
    catalogue: Catalogue,
    view: View,
    looks: Looks,
    opened: AsyncExitStack,
) -> Parts:
    departments = {
        name: await opened.enter_async_context(Neighbour(name, url, timeout=settings.department_timeout))
        for name, url in settings.department_urls.items()
    }
    issuer = await opened.enter_async_context(Neighbour("issuer", settings.issuer_url or settings.issuer, timeout=5))
    exchange = Exchange(issuer, keyring.holder, keyring.client)
    entries = await opened.enter_async_context(
        Record(settings.record, keyring, partial(clock.today, settings.time_zone))
    )
    own = Own(view.pseudonyms, entries.entry_of, lambda names, urn: view.registry.holds(names, urn))
    return Parts(
        settings=settings,
        catalogue=catalogue,
        view=view,
        looks=looks,
        commands=Commands(lambda *name: catalogue.now.commands.get(name), departments, exchange, own),
        streams=Streams(),
        record=entries,
        words=newest(lambda: catalogue.now, settings.time_zone),
    )
