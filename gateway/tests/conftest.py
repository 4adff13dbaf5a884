"""The gateway as it runs, with neighbours that it meets over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from gateway.app import create
from gateway.settings import GatewaySettings
from gateway.view import store
from onewindow_contracts import loader
from onewindow_kit import topics
from onewindow_kit.dpop import Prover
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.testing import TokenIssuer, kafka_address, serve, topic_prefix

from .kept import Record, reading
from .neighbours import Neighbours
from .world import World, world

PREFIX = topic_prefix()
PROVER = Prover()
CASE = "DB2026-000117"
ACCESS = [each for each in loader.load().topics.values() if each.department == "access"]


@dataclass
class Rig:
    """A running gateway. ``citizen`` is a gateway pseudonym; ``token`` one of theirs."""

    url: str
    client: httpx.AsyncClient
    neighbours: Neighbours
    settings: GatewaySettings
    keyring: Keyring
    citizen: str
    app: FastAPI

    @property
    def issuer(self) -> TokenIssuer:
        return self.neighbours.issuer

    def forget(self) -> None:
        """Another citizen, and neighbours as at the start."""
        self.neighbours.reset()
        self.citizen = str(Pseudonym.new("gateway"))
        for sector in ("identity", "housing", "transport"):
            self.neighbours.pseudonyms[self.citizen, sector] = str(Pseudonym.new(sector))

    def token(self, **claims: Any) -> str:
        return self.issuer.citizen(self.citizen, "gateway", **claims)

    def of(self, citizen: str, **headers: str) -> dict[str, str]:
        """Headers with a token of the citizen with this gateway pseudonym."""
        return {"Authorization": f"Bearer {self.issuer.citizen(citizen, 'gateway')}", **headers}

    def as_agency(
        self,
        name: str = "social-aid",
        *,
        sector: str = "social-aid",
        purpose: str | None = "social-aid.means-test",
        case: str | None = CASE,
        officer: str | None = "sa-clerk-1",
        method: str = "POST",
        path: str = "/v1/views",
        **claims: Any,
    ) -> dict[str, str]:
        """Headers of one request by an officer of the authority ``name``, with the proof for exactly this request."""
        bound = {"purpose": purpose, "case": case, "officer": officer, "key": PROVER.thumbprint} | claims
        token = self.issuer.agency(name, "gateway", sector=sector, **bound)
        return PROVER.headers(method, self.url + path, token)

    def as_citizen(self, **headers: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token()}", **headers}


def innermost(app: Any) -> FastAPI:
    """The FastAPI application inside the gateway's layers."""
    return app if isinstance(app, FastAPI) else innermost(app.app)


Start = Callable[..., AbstractAsyncContextManager[Rig]]


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keyrings of the demonstration instance."""
    contracts = loader.load()
    folder = tmp_path_factory.mktemp("keys")
    services = {"gateway", "identity", "housing", "transport", "access"}
    provision(folder, contracts.topics.values(), contracts.authorities.values(), services)
    return folder


def _empty(view: Path) -> Path:
    made = store.create(view)
    store.point(view, made)
    made.close()
    return view


@pytest.fixture(scope="session")
def start(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Start a gateway with settings of one's own: ``async with start(rate_limit=1) as rig``."""

    @asynccontextmanager
    async def starting(**changed: Any) -> AsyncIterator[Rig]:
        keyring = Keyring.load(keys / "gateway.json")
        neighbours = Neighbours(TokenIssuer(), keyring.client)
        view = changed.pop("view", None) or _empty(tmp_path_factory.mktemp("view"))
        await topics.ensure(kafka_address(), ACCESS, prefix=PREFIX)
        async with serve(neighbours.app()) as beside:
            neighbours.url = beside
            departments = dict.fromkeys(("identity", "housing", "transport"), beside)
            settings = GatewaySettings(
                **{
                    "keyring": keys / "gateway.json",
                    "view": view,
                    "node": tmp_path_factory.mktemp("node"),
                    "kafka": kafka_address(),
                    "topic_prefix": PREFIX,
                    "issuer": neighbours.issuer.url,
                    "issuer_url": beside,
                    "identity_url": beside,
                    "department_urls": departments,
                    "heartbeat": 0.2,
                    "failure_burst": 10_000,
                    "rate_burst": 10_000,
                }
                | changed
            )
            outermost = create(settings, supervised=False)
            async with serve(outermost) as url, httpx.AsyncClient(base_url=url, timeout=10) as client:
                rig = Rig(url, client, neighbours, settings, keyring, "", innermost(outermost))
                rig.forget()
                yield rig

    return starting


@pytest.fixture(scope="session")
async def running(start: Start) -> AsyncIterator[Rig]:
    async with start() as rig:
        yield rig


@pytest.fixture(scope="session")
def projected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the view that ``departments`` fill."""
    return tmp_path_factory.mktemp("projected")


@pytest.fixture(scope="session")
async def departments(keys: Path, projected: Path) -> AsyncIterator[World]:
    """Departments that publish, and a projector."""
    async with world(keys, projected) as publishing:
        yield publishing


@pytest.fixture(scope="session")
async def showing(start: Start, departments: World, projected: Path) -> AsyncIterator[Rig]:
    async with start(view=projected) as rig:
        yield rig


@pytest.fixture
def window(showing: Rig) -> Rig:
    """A gateway over the view that ``departments`` fill."""
    showing.forget()
    return showing


@pytest.fixture
def rig(running: Rig) -> Rig:
    """The session's gateway, with another citizen and neighbours that remember nothing."""
    running.forget()
    return running


@pytest.fixture
async def record(start: Start, keys: Path) -> AsyncIterator[Record]:
    """The access record that every gateway of this session writes."""
    async with reading(kafka_address(), PREFIX, keys) as found:
        yield found
