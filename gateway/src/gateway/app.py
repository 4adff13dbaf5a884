"""The gateway's HTTP side, built in one place. What is opened here is opened in the lifespan, never before a fork."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import httpx
from fastapi import FastAPI
from onewindow_contracts import loader
from onewindow_kit import clock
from onewindow_kit.app import create_app
from onewindow_kit.auth import Verifier, issuer_keys
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import IdentityClient
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from gateway.access.looks import Looks
from gateway.agencies.persons import Persons
from gateway.agencies.views import PurposeViews
from gateway.catalogue import Catalogue
from gateway.commands.exchange import Exchange
from gateway.commands.outward import Neighbour
from gateway.commands.relay import Commands
from gateway.hot import ReadView
from gateway.limits.border import Border
from gateway.limits.buckets import Buckets
from gateway.limits.streams import Streams
from gateway.parts import Parts
from gateway.routes import agencies, changes, commands, pages, reference, window
from gateway.settings import GatewaySettings
from gateway.view import View

AUDIENCE = "gateway"
ROUTERS = (window.router, changes.router, commands.router, agencies.router, reference.router)
EXPOSED = ["ETag", "Onewindow-Version", "Correlation-Id", "Retry-After", "Location"]
ASKED = ["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Onewindow-Version"]


def create(settings: GatewaySettings) -> ASGIApp:
    """The outermost application; each layer's ``app`` is the one inside it, down to the FastAPI one."""
    contracts = loader.load(settings.contracts or None)
    keyring = Keyring.load(settings.keyring)
    catalogue = Catalogue(contracts, settings.instance)
    view = View(settings, keyring, contracts)
    looks = Looks(
        lambda purpose: catalogue.now.purposes.get(purpose),
        lambda record_type: catalogue.now.topic_of.get(record_type),
        partial(clock.today, settings.time_zone),
    )
    issuer = httpx.AsyncClient(timeout=5, trust_env=False)
    verifier = Verifier(settings.issuer, AUDIENCE, issuer_keys(settings.issuer_url or settings.issuer, issuer))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as opened:
            await opened.enter_async_context(issuer)
            await opened.enter_async_context(catalogue)
            await opened.enter_async_context(view)
            app.state.parts = await _parts(settings, keyring, catalogue, view, looks, opened)
            yield

    app = create_app(
        settings, contract=contracts.openapi(AUDIENCE), routers=ROUTERS, verifier=verifier, lifespan=lifespan
    )
    app.router.routes.extend(pages.ROUTES)
    inner = ReadView(app, view, verifier, may=looks.may, answered=looks.answered)
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
    issuer_url = settings.issuer_url or settings.issuer
    issuer = await opened.enter_async_context(Neighbour("issuer", issuer_url, timeout=5))
    identity = await opened.enter_async_context(
        IdentityClient(settings.identity_url, issuer=issuer_url, keyring=keyring)
    )
    exchange = Exchange(issuer, keyring.holder, keyring.client)
    return Parts(
        settings=settings,
        catalogue=catalogue,
        view=view,
        looks=looks,
        commands=Commands(lambda *name: catalogue.now.commands.get(name), departments, exchange),
        agencies=PurposeViews(view, catalogue, Persons(identity)),
        streams=Streams(),
    )
