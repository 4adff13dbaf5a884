"""Identity on a real database, with its own issuer; callers hold tokens that the issuer signed."""

import json
import uuid
from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from identity.app import create
from identity.settings import IdentitySettings
from onewindow_contracts import loader
from onewindow_kit.clock import today
from onewindow_kit.keyring import provision
from onewindow_kit.testing import migrated_database
from stdnum.cn import ric

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
SERVICES = ["identity", "housing", "transport", "gateway"]
TODAY = today()
XIHU, GONGSHU, BINJIANG = "330106", "330105", "330108"
_sequence = count(1)


def citizen_number(birth_date: date, sex: str, division: str = XIHU) -> str:
    """A valid number that no other call gives."""
    n = next(_sequence) * 2 + (1 if sex == "1" else 0)
    body = f"{division}{birth_date:%Y%m%d}{n % 1000:03d}"
    return body + ric.calc_check_digit(body + "0")


@pytest.fixture(scope="session")
async def database() -> AsyncIterator[str]:
    async with migrated_database(MIGRATIONS, "identity") as url:
        yield url


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    contracts = loader.load()
    provision(folder, contracts.topics.values(), contracts.authorities.values(), SERVICES)
    return folder


@pytest.fixture(scope="session")
def people_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "people.json"
    file.write_text("[]")
    return file


@pytest.fixture(scope="session")
def settings(
    database: str, keys: Path, people_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> IdentitySettings:
    return IdentitySettings(
        database=database,
        keyring=keys / "identity.json",
        clients=keys / "clients.json",
        sample_people=people_file,
        dev_issuer=True,
        issuer="http://identity.test",
        node=tmp_path_factory.mktemp("node"),
    )


@pytest.fixture(scope="session")
async def app(settings: IdentitySettings) -> AsyncIterator[Any]:
    application = create(settings, guarded=False)
    async with application.router.lifespan_context(application):
        yield application


@pytest.fixture(scope="session")
async def http(app: Any) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://identity.test") as client:
        yield client


class Caller:
    """One caller with a token; ``done`` asserts success and gives the JSON."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self.http, self.headers = http, {"Authorization": f"Bearer {token}"}

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.http.get(path, headers=self.headers, params=params)

    async def post(
        self, path: str, body: Any = None, *, version: int | None = None, key: str | None = None
    ) -> httpx.Response:
        headers = self.headers | {"Idempotency-Key": key or uuid.uuid4().hex}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        content = None if body is None else json.dumps(body, default=str).encode()
        return await self.http.post(path, content=content, headers=headers | {"Content-Type": "application/json"})

    async def done(self, path: str, body: Any = None, *, version: int | None = None) -> Any:
        answer = await self.post(path, body, version=version)
        assert answer.is_success, answer.text
        return answer.json()

    async def read(self, path: str, **params: Any) -> Any:
        answer = await self.get(path, **params)
        assert answer.is_success, answer.text
        return answer.json()


@pytest.fixture(scope="session")
def caller(app: Any, http: httpx.AsyncClient) -> Any:
    """``caller("agency", "demo.title-registry", "housing")``: somebody with a token of the issuer."""

    def make(
        kind: str,
        client_id: str,
        sector: str | None = None,
        subject: str | None = None,
        officer: str | None = None,
        authority: str | None = None,
    ) -> Caller:
        authority = authority or client_id if kind == "agency" else None
        act = None if officer is None else {"sub": officer}
        token, _ = app.state.issuer.access_token(
            kind, subject or client_id, client_id, ["identity"], sector=sector, authority=authority, act=act
        )
        return Caller(http, token)

    return make


@pytest.fixture(scope="session")
def office(caller: Any) -> Caller:
    return caller("agency", "demo.population-office", "identity")


@pytest.fixture(scope="session")
def officer(caller: Any) -> Callable[[str], Caller]:
    """``officer("officer-2")``: the office's desk with somebody named at it."""
    return lambda name: caller("agency", "demo.population-office", "identity", officer=name)


@pytest.fixture(scope="session")
def citizen(caller: Any) -> Callable[[Any], Caller]:
    """``citizen(file)``: the person of a file, acting through the window."""
    return lambda person: caller("citizen", "onewindow-cli", "identity", person["person"])


@pytest.fixture(scope="session")
def operator(caller: Any) -> Caller:
    return caller("operator", "operator")


@pytest.fixture(scope="session")
def problem() -> Callable[[httpx.Response], tuple[int, str]]:
    """``problem(answer)``: status and stable code; asserts that it is a problem with a remedy."""
    return _problem


def _problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["remedy"]
    return answer.status_code, body["code"]


class Town:
    """People to work with, each made through the office's own operations."""

    def __init__(self, office: Caller) -> None:
        self.office = office

    async def stranger(self, name: str = "王小明", sex: str = "1", born: date = date(1980, 5, 1), **more: Any) -> Any:
        """Somebody registered elsewhere, known by a number."""
        number = citizen_number(born, sex)
        entries = {"name": name, "sex": sex, "birth_date": born, "ethnic_group": "01", "scheme": "cn-id"}
        return await self.office.done("/v1/admissions", {**entries, "number": number, "standing": "elsewhere", **more})

    async def household(self, division: str = XIHU, name: str = "陈静", sex: str = "2", **more: Any) -> tuple[Any, Any]:
        """A family register with its head: (household, the head's file)."""
        opened_on = more.pop("opened_on", TODAY - timedelta(days=400))
        head = await self.stranger(name, sex, **more)
        place = {"kind": "family", "division": division, "address": f"文三路 {next(_sequence)} 号"}
        household = await self.office.done(
            "/v1/households", {"place": place, "head": head["person"], "opened_on": opened_on}
        )
        return household, await self.person(head["person"])

    async def member(self, household: Any, relationship: str = "10", entered_on: date = TODAY, **who: Any) -> Any:
        """A person who enters the register."""
        person = await self.stranger(**{"name": "周强", **who})
        return await self.office.done(
            f"/v1/persons/{person['person']}/registrations",
            {
                "household": household["urn"],
                "relationship": relationship,
                "reason": "投靠",
                "entered_on": entered_on,
            },
            version=person["version"],
        )

    async def child(self, household: Any, parent: Any, **entries: Any) -> Any:
        birth = {
            "name": "陈安",
            "sex": "1",
            "birth_date": TODAY,
            "ethnic_group": "01",
            "birth_division": XIHU,
            "mother": parent["person"],
            "household": household["urn"],
            "relationship": "20",
            "certificate": "U330000001",
        }
        return await self.office.done("/v1/births", birth | entries)

    async def person(self, pseudonym: str) -> Any:
        return await self.office.read(f"/v1/persons/{pseudonym}")

    async def read(self, household: Any) -> Any:
        return await self.office.read(f"/v1/households/{household['urn']}")


@pytest.fixture(scope="session")
def town(office: Caller) -> Town:
    return Town(office)


@pytest.fixture(scope="session")
def published(app: Any) -> Any:
    """``await published("person", urn)``: the record's opened envelope as it went into the outbox."""

    async def read(urn: str) -> Any:
        async with app.state.sessions() as session:
            raw = await app.state.records.current(session, urn)
        return json.loads(raw)

    return read


@pytest.fixture(scope="session")
def current_number() -> Callable[..., str]:
    """``current_number(file)``: the number in force of a person's file."""
    return _current_number


def _current_number(file: Any, scheme: str = "cn-id") -> str:
    return next(
        i["body"]["number"]
        for i in file["identifications"]
        if i["body"]["scheme"] == scheme and i["body"]["state"] == "current"
    )


@pytest.fixture(scope="session")
def couple(town: Any) -> Any:
    """``await couple(born, born)``: a man and a woman born on these days."""

    async def make(his: date = date(1990, 1, 1), hers: date = date(1992, 1, 1)) -> tuple[Any, Any]:
        return await town.stranger("周强", "1", his), await town.stranger("陈静", "2", hers)

    return make


@pytest.fixture(scope="session")
def named(current_number: Any) -> Any:
    return lambda person: {"scheme": "cn-id", "number": current_number(person), "name": person["entries"]["name"]}
