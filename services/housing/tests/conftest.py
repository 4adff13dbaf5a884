"""A housing service on a real database, with an issuer of its own."""

import itertools
import re
import uuid
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from housing.app import create
from housing.service.registry import Registry
from housing.settings import Settings
from onewindow_contracts import loader
from onewindow_kit import clock
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.testing import TokenIssuer, migrated_database

from .naming import Identity

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
TODAY = clock.today()
PURPOSE = "title-registry.transfer"


@pytest.fixture(scope="session")
async def database() -> AsyncIterator[str]:
    async with migrated_database(MIGRATIONS, "housing") as url:
        yield url


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    contracts = loader.load()
    holders = ["identity", "housing", "transport", "gateway"]
    provision(folder, contracts.topics.values(), contracts.authorities.values(), holders)
    return folder


@pytest.fixture(scope="session")
def settings(database: str, keys: Path) -> Settings:
    return Settings(database=database, keyring=keys / "housing.json")


@pytest.fixture(scope="session")
def issuer() -> TokenIssuer:
    return TokenIssuer()


@pytest.fixture(scope="session")
def identity(keys: Path) -> Identity:
    return Identity(Keyring.load(keys / "identity.json"))


@pytest.fixture(scope="session")
async def app(settings: Settings, issuer: TokenIssuer, identity: Identity) -> AsyncIterator[Any]:
    application = create(settings, verifier=issuer.verifier("housing"), transport=identity.transport)
    async with application.router.lifespan_context(application):
        yield application


@pytest.fixture
def registry(app: Any) -> Registry:
    return app.state.registry


@pytest.fixture(scope="session")
async def http(app: Any) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    hooks = {"response": [partial(_documented, app.state.contract)]}
    async with httpx.AsyncClient(transport=transport, base_url="http://housing.test", event_hooks=hooks) as client:
        yield client


async def _documented(contract: dict[str, Any], answer: httpx.Response) -> None:
    """Whatever a test provokes: a refusal's code stands in the operation's ``x-problems``."""
    if answer.status_code < 400 or answer.status_code == 405:
        return
    await answer.aread()
    code, path = answer.json()["code"], answer.request.url.path
    for template, item in contract["paths"].items():
        operation = item.get(answer.request.method.lower())
        if operation and re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path):
            assert code in operation["x-problems"], f"{operation['operationId']} does not document {code}"
            return
    raise AssertionError(f"no operation for {answer.request.method} {path}")


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


@pytest.fixture
def office(http: httpx.AsyncClient, issuer: TokenIssuer) -> Caller:
    """A clerk's application of the title registry."""
    return Caller(
        http, issuer.agency("title-registry", "housing", sector="housing", purpose=PURPOSE, act={"sub": "clerk-1"})
    )


@pytest.fixture
def citizen(http: httpx.AsyncClient, issuer: TokenIssuer) -> Callable[[str], Caller]:
    """A citizen whose command the gateway relays."""
    return lambda person: Caller(http, issuer.citizen(person, "housing", act={"sub": "gateway"}))


@pytest.fixture
def firm(http: httpx.AsyncClient, issuer: TokenIssuer) -> Callable[[str], Caller]:
    """Somebody who represents an organisation."""

    def represent(organisation: str) -> Caller:
        token = issuer.token("representative", organisation, "housing", sector="housing", act={"sub": "gateway"})
        return Caller(http, token)

    return represent


@pytest.fixture
def organisation() -> Callable[[], str]:
    return lambda: str(Pseudonym.new("housing", organisation=True))


@pytest.fixture
def decide(office: Caller) -> Callable[..., Any]:
    """The office decides a case as it stands."""

    async def decided(case: dict[str, Any], outcome: str = "granted") -> httpx.Response:
        version = (await office.get(f"/v1/cases/{case['urn']}")).json()["version"]
        grounds = {"basis": "title-registry.refusal", "evidence": [case["urn"]]} if outcome == "refused" else None
        body = {"outcome": outcome, "reason": "材料齐全。", "grounds": grounds}
        return await office.post(f"/v1/cases/{case['urn']}/decisions", body, version=version)

    return decided


@pytest.fixture
def gateway(http: httpx.AsyncClient, issuer: TokenIssuer) -> Caller:
    return Caller(http, issuer.service("gateway", "housing"))


@pytest.fixture
def operator(http: httpx.AsyncClient, issuer: TokenIssuer) -> Caller:
    return Caller(http, issuer.token("operator", "operator", "housing"))


@pytest.fixture
def person() -> Callable[[], str]:
    return lambda: str(Pseudonym.new("housing"))


_unit = itertools.count(1)


@pytest.fixture
def unit_code() -> Callable[[], str]:
    """A unit in Hangzhou's Xihu district that no other test has."""
    return lambda: f"330106001002GB00012F{next(_unit):08d}"


@pytest.fixture
def first(unit_code: Callable[[], str]) -> Callable[..., dict[str, Any]]:
    """The body of a first registration for owners given as pseudonym or (pseudonym, share)."""

    def body(*owners: str | tuple[str, str], **other: Any) -> dict[str, Any]:
        return {
            "unit_code": unit_code(),
            "address": "文三路 1 号 2 幢 301 室",
            "area_m2": "89.50",
            "use": "11",
            "cause": "purchase",
            "owners": _named(*owners),
            "legal_basis": "不动产登记暂行条例 第十四条",
        } | other

    return body


@pytest.fixture
def registered(office: Caller, first: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
    """Registers a title and answers it."""

    async def register(*owners: str | tuple[str, str], **other: Any) -> dict[str, Any]:
        answer = await office.post("/v1/titles", first(*owners, **other))
        assert answer.status_code == 201, answer.text
        return answer.json()

    return register


@pytest.fixture
def named() -> Callable[..., list[dict[str, Any]]]:
    """Owners as a request names them."""
    return _named


@pytest.fixture
def sale() -> Callable[..., dict[str, Any]]:
    """The body of a sale of the whole unit."""

    def body(*buyers: str | tuple[str, str], consents: list[str], **other: Any) -> dict[str, Any]:
        return {
            "cause": "purchase",
            "owners": _named(*buyers),
            "consents": consents,
            "price_fen": 350_000_000,
            "legal_basis": "民法典 第二百零九条",
        } | other

    return body


@pytest.fixture
def loan() -> Callable[..., dict[str, Any]]:
    """The body of a mortgage."""

    def body(*consents: str, **other: Any) -> dict[str, Any]:
        return {
            "kind": "ordinary",
            "mortgagee_name": "示例银行股份有限公司",
            "mortgagee_code": "11330100247100089J",
            "secured_fen": 200_000_000,
            "debt_from": "2026-01-01",
            "debt_until": "2046-01-01",
            "no_transfer": False,
            "consents": list(consents),
            "legal_basis": "民法典 第四百零二条",
        } | other

    return body


@pytest.fixture
def order() -> Callable[..., dict[str, Any]]:
    """The body of a freeze."""

    def body(**other: Any) -> dict[str, Any]:
        return {
            "ordered_by": "示例市中级人民法院",
            "order_number": "（2026）浙01执1号",
            "until": (TODAY + timedelta(days=365)).isoformat(),
            "legal_basis": "民事诉讼法 第二百四十四条",
        } | other

    return body


@pytest.fixture
def refused() -> Callable[[httpx.Response, int, str], None]:
    """Asserts that an answer is that problem and nothing else."""

    def check(answer: httpx.Response, status: int, code: str) -> None:
        assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
        assert answer.headers["content-type"] == "application/problem+json"

    return check


def _named(*owners: str | tuple[str, str]) -> list[dict[str, Any]]:
    pairs = [(owner, None) if isinstance(owner, str) else owner for owner in owners]
    return [{"pseudonym": person, "name": f"测试{person[-2:]}", "share": share} for person, share in pairs]
