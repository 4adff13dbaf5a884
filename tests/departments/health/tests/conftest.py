"""The health department on a real database, in the test's own process; other departments are answered by the test."""

import sys
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from onewindow_contracts import loader
from onewindow_kit.keyring import provision
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.settings import ServiceSettings
from onewindow_kit.testing import TokenIssuer, migrated_database
from sqlalchemy import text

HERE = Path(__file__).resolve().parents[1]
CONTRACTS = [loader.HOME, HERE.parents[1] / "contracts/health"]
BASIS = "health-commission.risk-area"
sys.path.append(str(HERE / "src"))


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    contracts = loader.load(CONTRACTS)
    holders = ["identity", "housing", "transport", "oversight", "gateway", "health"]
    provision(folder, contracts.topics.values(), contracts.authorities.values(), holders)
    return folder


@pytest.fixture(scope="session")
def issuer() -> TokenIssuer:
    return TokenIssuer()


@pytest.fixture(scope="session")
async def running(keys: Path, issuer: TokenIssuer) -> AsyncIterator[Any]:
    from health.app import create

    async with migrated_database(HERE / "migrations", "health") as url:
        settings = ServiceSettings(database=url, keyring=keys / "health.json", contracts=CONTRACTS)
        application = create(settings, verifier=issuer.verifier("health"))
        async with application.router.lifespan_context(application):
            yield application


@pytest.fixture
async def app(running: Any) -> Any:
    """The service with no acts: how many people an office touched today is part of what is tested."""
    async with running.state.edge.database.sessions() as session, session.begin():
        await session.execute(text("truncate adverse_act, adverse_matter"))
    return running


class Caller:
    """One kind of caller with its token."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self.http, self.headers = http, {"Authorization": f"Bearer {token}"}

    async def get(self, path: str) -> httpx.Response:
        return await self.http.get(path, headers=self.headers)

    async def post(self, path: str, body: Any, version: int | None = None) -> httpx.Response:
        headers = self.headers | {"Idempotency-Key": uuid.uuid4().hex}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return await self.http.post(path, json=body, headers=headers)

    async def ok(self, path: str, body: Any, version: int | None = None) -> Any:
        answer = await self.post(path, body, version)
        assert answer.is_success, (answer.status_code, answer.text)
        return answer.json()


@dataclass
class Town:
    """The office's officers, the supervisor, and what most tests want of them."""

    app: Any
    http: httpx.AsyncClient
    issuer: TokenIssuer

    def officer(self, name: str | None, unit: str | None, office: str = "health-commission") -> Caller:
        act = None if name is None else {"sub": name} | ({} if unit is None else {"unit": unit})
        sector = "health" if office == "health-commission" else "oversight"
        return Caller(self.http, self.issuer.agency(office, "health", sector=sector, act=act))

    @property
    def author(self) -> Caller:
        return self.officer("officer-1", "control")

    @property
    def second(self) -> Caller:
        return self.officer("officer-2", "review")

    @property
    def supervisor(self) -> Caller:
        return self.officer("supervisor-1", "inspection", "supervision-office")

    def people(self, count: int) -> list[str]:
        return [str(Pseudonym.new("health")) for _ in range(count)]

    async def seen(self, people: list[str]) -> list[str]:
        """URNs of the visits at which the people were seen."""
        body = {"place": "某银行门口", "seen_on": "2026-06-13", "people": people}
        return (await self.author.ok("/v1/visits", body))["visits"]

    def restriction(self, evidence: dict[str, list[str]], **other: Any) -> dict[str, Any]:
        people = [{"person": person, "evidence": urns} for person, urns in evidence.items()]
        return {"colour": "red", "reason": "到访风险场所", "grounds": {"basis": BASIS, "people": people}} | other

    async def restrict(self, evidence: dict[str, list[str]]) -> list[dict[str, Any]]:
        return (await self.author.ok("/v1/code-restrictions", self.restriction(evidence)))["acts"]

    async def decide(self, acts: list[dict[str, Any]], outcome: str = "approved", by: Caller | None = None) -> Any:
        return await (by or self.second).post("/v1/adverse-act-decisions", word(acts, outcome))

    async def colour(self, person: str) -> str:
        from health import store

        async with self.app.state.edge.database.sessions() as session:
            code = await store.locked(session, person)
        assert code is not None
        return code.colour

    async def published(self, urn: str) -> dict[str, Any]:
        """The record as the department published it."""
        import orjson

        async with self.app.state.edge.database.sessions() as session:
            return orjson.loads(await self.app.state.desk.records.current(session, urn))


def word(acts: list[dict[str, Any]], outcome: str) -> dict[str, Any]:
    wanted = [{"act": each["act"], "version": each["version"]} for each in acts]
    return {"acts": wanted, "outcome": outcome, "reason": "经核实"}


@pytest.fixture
async def town(app: Any, issuer: TokenIssuer) -> AsyncIterator[Town]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://health.test") as client:
        yield Town(app, client, issuer)


@pytest.fixture
def refused() -> Callable[[httpx.Response, str], dict[str, Any]]:
    def check(answer: httpx.Response, code: str) -> dict[str, Any]:
        assert answer.json()["code"] == code, answer.text
        return answer.json()

    return check
