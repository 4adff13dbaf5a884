"""A transport service on a real database, with an issuer of its own and identity answered by the client it ships."""

import json
import secrets
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from onewindow_contracts import loader
from onewindow_contracts.formats import vin_check_digit
from onewindow_kit.clock import today
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.pseudonyms import IdentityClient, Pseudonym
from onewindow_kit.testing import TokenIssuer, migrated_database
from transport.app import create
from transport.domain.days import add_years
from transport.settings import Settings

from .roads import Road

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
TODAY = today()


@dataclass
class Neighbour:
    """Identity as transport sees it: where each person is registered. Answers through IdentityClient's own transport."""

    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    births: dict[str, date] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    down: bool = False
    asked: int = 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/.well-known/openid-configuration":
            return httpx.Response(200, json={"token_endpoint": "http://identity.test/token"})
        if request.url.path == "/token":
            return httpx.Response(200, json={"access_token": "service-token", "expires_in": 600})
        self.asked += 1
        if self.down:
            raise httpx.ConnectError("identity is down", request=request)
        if request.url.path == "/v1/residence":
            pseudonym = httpx.Response(200, content=request.content).json()["pseudonym"]
            home = self.homes.get(pseudonym)
            return httpx.Response(404, json={}) if home is None else httpx.Response(200, json=home)
        if request.url.path == "/v1/age":
            asked = json.loads(request.content)
            born = self.births.get(asked["pseudonym"])
            if born is None:
                return httpx.Response(404, json={})
            reached = add_years(born, asked["years"]) <= date.fromisoformat(asked["on"])
            return httpx.Response(200, json={"reached": reached})
        if request.url.path == "/v1/pseudonyms":
            known = self.numbers.get(json.loads(request.content)["number"])
            return httpx.Response(404, json={}) if known is None else httpx.Response(200, json={"pseudonym": known})
        raise AssertionError(f"transport asked identity for {request.url.path}")

    def named(self, pseudonym: str) -> dict[str, str]:
        """How somebody who knows the person or organisation names it in a command."""
        number = f"N{len(self.numbers):06}"
        self.numbers[number] = pseudonym
        return {"scheme": "cn-id", "number": number, "name": "某人"}

    def settle(self, person: str, division: str | None, household: str | None) -> None:
        """Register ``person`` in a division and household; None: nowhere."""
        registered = None if division is None else {"division": division, "neighbourhood": None}
        self.homes[person] = {"registered": registered, "household": household, "permit": None}

    def lodge(self, person: str, division: str) -> None:
        """Somebody registered elsewhere who lives in a division by a residence permit."""
        permit = {"state": "valid", "since": "2024-01-01", "division": division, "neighbourhood": None}
        self.homes[person] = {"registered": None, "household": None, "permit": permit}


@pytest.fixture(scope="session")
async def database() -> AsyncIterator[str]:
    async with migrated_database(MIGRATIONS, "transport") as url:
        yield url


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    contracts = loader.load()
    provision(
        folder,
        contracts.topics.values(),
        contracts.authorities.values(),
        ["identity", "housing", "transport", "gateway"],
    )
    return folder


@pytest.fixture(scope="session")
def settings(database: str, keys: Path) -> Settings:
    return Settings(database=database, keyring=keys / "transport.json")


@pytest.fixture(scope="session")
def neighbour() -> Neighbour:
    return Neighbour()


@pytest.fixture(scope="session")
def issuer() -> TokenIssuer:
    return TokenIssuer()


@pytest.fixture(scope="session")
async def app(settings: Settings, neighbour: Neighbour, issuer: TokenIssuer) -> AsyncIterator[Any]:
    identity = IdentityClient(
        "http://identity.test",
        issuer="http://identity.test",
        keyring=Keyring.load(settings.keyring),
        transport=httpx.MockTransport(neighbour.answer),
    )
    application = create(settings, verifier=issuer.verifier("transport"), identity=identity)
    async with identity, application.router.lifespan_context(application):
        yield application


class Caller:
    """One kind of caller with its token."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self.http, self.headers = http, {"Authorization": f"Bearer {token}"}

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.http.get(path, headers=self.headers | headers)

    async def post(
        self, path: str, body: Any = None, *, version: int | None = None, key: str | None = None
    ) -> httpx.Response:
        headers = self.headers | {"Idempotency-Key": key or uuid.uuid4().hex}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if body is None:
            return await self.http.post(path, headers=headers)
        return await self.http.post(path, json=body, headers=headers)


@pytest.fixture(scope="session")
async def http(app: Any) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://transport.test") as client:
        yield client


@pytest.fixture
def office(http: httpx.AsyncClient, issuer: TokenIssuer) -> Caller:
    """A clerk's application of the vehicle administration."""
    act = {"sub": "clerk-1", "unit": "window"}
    return Caller(http, issuer.agency("vehicle-administration", "transport", sector="transport", act=act))


@pytest.fixture
def second(http: httpx.AsyncClient, issuer: TokenIssuer) -> Caller:
    """An officer of another unit of the vehicle administration."""
    act = {"sub": "clerk-2", "unit": "review"}
    return Caller(http, issuer.agency("vehicle-administration", "transport", sector="transport", act=act))


@pytest.fixture
def parking(http: httpx.AsyncClient, issuer: TokenIssuer) -> Caller:
    act = {"sub": "clerk-3", "unit": "parking"}
    return Caller(http, issuer.agency("parking-office", "transport", sector="transport", act=act))


@pytest.fixture
def police(http: httpx.AsyncClient, issuer: TokenIssuer) -> Callable[..., Caller]:
    """The traffic police's application, used by an officer."""

    def client(officer: str | None = "officer-1") -> Caller:
        act = {"sub": officer, "unit": "xihu-brigade"}
        return Caller(http, issuer.agency("traffic-police", "transport", sector="transport", act=act))

    return client


@pytest.fixture
def firm(http: httpx.AsyncClient, issuer: TokenIssuer) -> Callable[[str], Caller]:
    """Somebody who acts for an organisation in its window."""
    return lambda organisation: Caller(http, issuer.representative(organisation, "transport"))


@pytest.fixture
def organisation() -> Callable[[], str]:
    return lambda: f"transport.1.org-{secrets.token_hex(11).translate(str.maketrans('0189', 'wxyz'))}"


@pytest.fixture
def citizen(http: httpx.AsyncClient, issuer: TokenIssuer) -> Callable[[str], Caller]:
    """A citizen whose command the gateway relays."""
    return lambda person: Caller(http, issuer.citizen(person, "transport", act={"sub": "gateway"}))


@pytest.fixture
def gateway(http: httpx.AsyncClient, issuer: TokenIssuer) -> Caller:
    return Caller(http, issuer.service("gateway", "transport"))


@pytest.fixture
def operator(http: httpx.AsyncClient, issuer: TokenIssuer) -> Caller:
    return Caller(http, issuer.token("operator", "operator", "transport"))


@pytest.fixture
def person() -> Callable[[], str]:
    return lambda: str(Pseudonym.new("transport"))


def new_vin() -> str:
    """A vehicle identification number that nobody has, with its check digit."""
    text = "LSV" + "".join(secrets.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(14))
    return text[:8] + vin_check_digit(text) + text[9:]


@pytest.fixture
def vin() -> Callable[[], str]:
    return new_vin


@pytest.fixture
def licence_body() -> Callable[..., dict[str, Any]]:
    def body(holder: str, **other: Any) -> dict[str, Any]:
        return {
            "holder": holder,
            "classes": ["C1"],
            "issued_on": TODAY.isoformat(),
            "file_number": None,
            "legal_basis": "机动车驾驶证申领和使用规定",
        } | other

    return body


@pytest.fixture
def vehicle_body(vin: Callable[[], str]) -> Callable[..., dict[str, Any]]:
    def body(owner: str, **other: Any) -> dict[str, Any]:
        return {
            "owner": owner,
            "vin": vin(),
            "kind": "K33",
            "make": "示例牌",
            "model": "SL-1",
            "colour": "A",
            "energy": "A",
            "use": "A",
            "first_registered_on": TODAY.isoformat(),
            "plate": {"type": "02", "number": None},
            "legal_basis": "机动车登记规定第10条",
        } | other

    return body


@pytest.fixture
def grounds() -> Callable[..., dict[str, Any]]:
    def body(**other: Any) -> dict[str, Any]:
        return {
            "effective_on": TODAY.isoformat(),
            "legal_basis": "中华人民共和国道路交通安全法",
            "reason": "测试 / test",
            "remedy": "六十日内可申请行政复议",
        } | other

    return body


@pytest.fixture
def road(
    office: Caller,
    police: Callable[..., Caller],
    citizen: Callable[[str], Caller],
    vehicle_body: Callable[..., dict[str, Any]],
    licence_body: Callable[..., dict[str, Any]],
    grounds: Callable[..., dict[str, Any]],
) -> Road:
    return Road(office, police, citizen, vehicle_body, licence_body, grounds)


@pytest.fixture
def offence(road: Road) -> Callable[[dict[str, Any]], Any]:
    """What bears it out that a licence is taken: a violation of its holder, as `grounds` name it."""

    async def on(licence: dict[str, Any], basis: str = "penalty") -> dict[str, Any]:
        seen = await road.stopped(licence["subjects"][0]["pseudonym"], "phone")
        return {"grounds": {"basis": f"vehicle-administration.{basis}", "evidence": [seen["urn"]]}}

    return on


@pytest.fixture
def approved(second: Caller) -> Callable[..., Any]:
    """What became of a proposed act once a second unit had approved it: the record that it changed."""

    async def by_second(answer: httpx.Response) -> dict[str, Any]:
        assert answer.status_code == 202 and answer.json()["body"]["state"] == "proposed", answer.text
        act = answer.json()
        word = {"acts": [{"act": act["urn"], "version": act["version"]}], "outcome": "approved", "reason": "经复核"}
        done = await second.post("/v1/adverse-act-decisions", word)
        assert done.status_code == 200, done.text
        [state] = done.json()["acts"]
        return (await second.get(f"/v1/driving-licences/{state['results'][0]}")).json()

    return by_second
