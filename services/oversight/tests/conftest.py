"""An oversight service on a real database, with an issuer of its own and identity answered by the client it ships."""

import base64
import json
import secrets
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from onewindow_contracts import loader
from onewindow_kit.clock import now, stamp, today
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.pseudonyms import IdentityClient, Pseudonym, open_introduction
from onewindow_kit.pseudonyms.introductions import introduction
from onewindow_kit.testing import TokenIssuer, migrated_database
from oversight.app import create
from oversight.settings import Settings

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
SERVICES = ["identity", "housing", "transport", "oversight", "gateway"]


@dataclass
class Identity:
    """Identity as oversight sees it: who somebody is in another sector. Answers through IdentityClient's own transport."""

    keyring: Keyring
    names: dict[tuple[str, str], Pseudonym] = field(default_factory=dict)
    down: bool = False

    def name(self, person: str, sector: str) -> Pseudonym:
        """The person's pseudonym in another sector, the same each time."""
        return self.names.setdefault((person, sector), Pseudonym.new(sector))

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/.well-known/openid-configuration":
            return httpx.Response(200, json={"token_endpoint": "http://identity.test/token"})
        if request.url.path == "/token":
            return httpx.Response(200, json={"access_token": "service-token", "expires_in": 600})
        if self.down:
            raise httpx.ConnectError("identity is down", request=request)
        if request.url.path == "/v1/introductions":
            asked = json.loads(request.content)
            named = self.name(asked["pseudonym"], asked["receiver"])
            return httpx.Response(200, json={"introduction": introduction(self.keyring, named)})
        raise AssertionError(f"oversight asked identity for {request.url.path}")


class Caller:
    """One kind of caller with its token."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self.http, self.headers = http, {"Authorization": f"Bearer {token}"}

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.http.get(path, headers=self.headers, params=query)

    async def post(
        self, path: str, body: Any = None, *, version: int | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        sent = self.headers | {"Idempotency-Key": uuid.uuid4().hex} | (headers or {})
        if version is not None:
            sent["If-Match"] = f'"{version}"'
        return await self.http.post(path, headers=sent, **({} if body is None else {"json": body}))


@pytest.fixture(scope="session")
async def database() -> AsyncIterator[str]:
    async with migrated_database(MIGRATIONS, "oversight") as url:
        yield url


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    contracts = loader.load()
    provision(folder, contracts.topics.values(), contracts.authorities.values(), SERVICES)
    return folder


@pytest.fixture(scope="session")
def settings(database: str, keys: Path) -> Settings:
    return Settings(database=database, keyring=keys / "oversight.json")


@pytest.fixture(scope="session")
def identity(keys: Path) -> Identity:
    return Identity(Keyring.load(keys / "identity.json"))


@pytest.fixture(scope="session")
def issuer() -> TokenIssuer:
    return TokenIssuer()


@pytest.fixture(scope="session")
async def app(settings: Settings, identity: Identity, issuer: TokenIssuer) -> AsyncIterator[Any]:
    client = IdentityClient(
        "http://identity.test",
        issuer="http://identity.test",
        keyring=Keyring.load(settings.keyring),
        transport=httpx.MockTransport(identity.answer),
    )
    application = create(settings, verifier=issuer.verifier("oversight"), identity=client)
    async with client, application.router.lifespan_context(application):
        yield application


@pytest.fixture(scope="session")
async def http(app: Any) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://oversight.test") as client:
        yield client


@pytest.fixture
def office(http: httpx.AsyncClient, issuer: TokenIssuer) -> Callable[..., Caller]:
    """An office's application, used by an officer (None: by nobody whom it names)."""

    def caller(name: str = "title-registry", officer: str | None = "officer-1", sector: str = "housing") -> Caller:
        act = {} if officer is None else {"act": {"sub": officer}}
        return Caller(http, issuer.agency(name, "oversight", sector=sector, **act))

    return caller


@pytest.fixture
def supervisor(office: Callable[..., Caller]) -> Callable[..., Caller]:
    return lambda officer="supervisor-1": office("supervision-office", officer, "oversight")


@pytest.fixture
def citizen(http: httpx.AsyncClient, issuer: TokenIssuer) -> Callable[[str], Caller]:
    """A citizen whose command the gateway relays."""
    return lambda person: Caller(http, issuer.citizen(person, "oversight", act={"sub": "gateway"}))


@pytest.fixture
def operator(http: httpx.AsyncClient, issuer: TokenIssuer) -> Caller:
    return Caller(http, issuer.token("operator", "operator", "oversight"))


@pytest.fixture
def person() -> Callable[[], str]:
    return lambda: str(Pseudonym.new("oversight"))


@pytest.fixture
def entry() -> Callable[..., dict[str, Any]]:
    """What an access entry of an office says."""

    def facts(**other: Any) -> dict[str, Any]:
        return {
            "id": secrets.token_hex(11).translate(str.maketrans("0189", "wxyz")),
            "at": stamp(now()),
            "kind": "look",
            "organisation": "demo.title-registry",
            "client": "demo.title-registry",
            "actor": "officer-7",
            "purpose": "title-registry.transfer",
            "operation": "gateway.readForPurpose",
        } | other

    return facts


@pytest.fixture
def ask(citizen: Callable[[str], Caller]) -> Callable[..., Any]:
    """A citizen's question about an entry, as the gateway relays it."""

    async def asked(person: str, facts: dict[str, Any], text: str = "为什么查阅？") -> httpx.Response:
        said = base64.urlsafe_b64encode(json.dumps(facts).encode()).decode().rstrip("=")
        body = {"entry": facts["id"], "text": text}
        return await citizen(person).post("/v1/questions", body, headers={"Onewindow-Entry-Facts": said})

    return asked


@pytest.fixture
def published(app: Any) -> Callable[[str], Any]:
    """The envelope of a record as it was last published."""

    async def envelope(urn: str) -> dict[str, Any]:
        async with app.state.edge.database.sessions() as session:
            return json.loads(await app.state.records.current(session, urn))

    return envelope


@pytest.fixture
def told(app: Any, keys: Path) -> Callable[[str], Any]:
    """What a sector was told of a matter, and whom it means there: (body, that sector's pseudonym, version)."""

    async def matter(urn: str) -> tuple[dict[str, Any], str, int]:
        from oversight.tables import Matter

        async with app.state.edge.database.sessions() as session:
            row = await session.get(Matter, urn)
            envelope = json.loads(await app.state.records.current(session, row.told_urn))
        sector = envelope["contract"].split(".")[1].removeprefix("matter-")
        ring = Keyring.load(keys / f"{sector}.json")
        body = envelope["body"]
        return body, str(open_introduction(ring, body["introduction"], sector=sector)), envelope["version"]

    return matter


@pytest.fixture
def on_day(app: Any) -> Callable[..., Any]:
    """Does what a day brings about; how many matters moved."""

    async def day(when: Any) -> int:
        from oversight.service.duties import keep_terms

        async with app.state.edge.database.sessions() as session, session.begin():
            return await keep_terms(app.state.desk, session, when)

    return day


def refused(answer: httpx.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


TODAY = today()
