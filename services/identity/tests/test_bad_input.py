"""Bad input: each has its documented refusal, never a 500, and nothing changes."""

import asyncio
import json
import time
import uuid
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from onewindow_kit.clock import today
from sqlalchemy import text

TODAY = today()
TABLES = ("person", "identification", "household", "registration", "move", "card", "kinship", "record", "outbox")


@pytest.fixture
def unchanged(app: Any) -> Any:
    """``before = await unchanged()`` … ``assert await unchanged() == before``: how many rows each table has."""

    async def counts() -> list[int]:
        async with app.state.sessions() as session:
            connection = await session.connection()
            return [(await connection.execute(text(f"select count(*) from {name}"))).scalar_one() for name in TABLES]

    return counts


@pytest.fixture(scope="session")
async def birth(town: Any) -> Any:
    """A good birth; tests spoil one thing each."""
    household, mother = await town.household()
    return {
        "name": "陈安",
        "sex": "1",
        "birth_date": TODAY.isoformat(),
        "ethnic_group": "01",
        "birth_division": "330106",
        "mother": mother["person"],
        "household": household["urn"],
        "relationship": "20",
        "certificate": "U330000001",
    }


SPOILED: list[tuple[str, Any, int, str]] = [
    ("name", "长" * 1_000, 422, "invalid-request"),
    ("name", "", 422, "invalid-request"),
    ("name", "陈\u0000安", 422, "invalid-request"),
    ("name", "陈\u001b安", 422, "invalid-request"),
    ("name", 7, 422, "invalid-request"),
    ("name", None, 422, "invalid-request"),
    ("name", ["陈安"], 422, "invalid-request"),
    ("sex", 1, 422, "invalid-request"),
    ("sex", "7", 422, "invalid-request"),
    ("birth_date", "2026-02-30", 422, "invalid-request"),
    ("birth_date", 1700006400, 422, "invalid-request"),
    ("birth_date", "2026-01-01T00:00:00Z", 422, "invalid-request"),
    ("birth_date", str(TODAY + timedelta(days=2)), 409, "date-in-future"),
    ("birth_date", "0001-01-01", 409, "date-out-of-order"),
    ("declared_on", "9999-12-31", 409, "date-in-future"),
    ("ethnic_group", "77", 409, "unknown-code"),
    ("ethnic_group", "%s", 422, "invalid-request"),
    ("relationship", "00", 409, "unknown-code"),
    ("relationship", "02", 409, "head-exists"),
    ("birth_division", "999999", 409, "unknown-division"),
    ("birth_division", "33010", 422, "invalid-request"),
    ("mother", "identity.1." + "a" * 22, 404, "person-not-found"),
    ("mother", "housing.1." + "a" * 22, 404, "person-not-found"),
    ("mother", "1", 422, "invalid-request"),
    ("household", "urn:onewindow:demo.population-office:household:" + "a" * 22, 409, "not-a-parents-register"),
    ("household", "' or 1=1 --", 422, "invalid-request"),
    ("unknown", "field", 422, "invalid-request"),
]


@pytest.mark.parametrize(("field", "value", "status", "code"), SPOILED, ids=lambda v: str(v)[:20])
async def test_one_wrong_field_is_refused_and_nothing_changes(
    birth: Any, office: Any, unchanged: Any, problem: Any, field: str, value: Any, status: int, code: str
) -> None:
    before = await unchanged()
    answer = await office.post("/v1/births", birth | {field: value})
    assert problem(answer) == (status, code)
    assert await unchanged() == before
    if isinstance(value, str) and len(value) > 6:
        assert value not in answer.text, "what was sent is not repeated"


RAW: list[tuple[bytes, int, str]] = [
    (b"{", 400, "malformed-request"),
    (b"", 422, "invalid-request"),
    (b"[]", 422, "invalid-request"),
    (b"null", 422, "invalid-request"),
    (b'{"name": "\xff"}', 400, "malformed-request"),
    ('{"name": "陈安"}'.encode("gb18030"), 400, "malformed-request"),
    (b'{"name": "\\ud800"}', 400, "malformed-request"),
    (b'{"a": NaN}', 400, "malformed-request"),
    (b"[" * 100 + b"]" * 100, 400, "malformed-request"),
    (b"[" * 100_000 + b"]" * 100_000, 400, "malformed-request"),
    (json.dumps({"name": "x" * 1_100_000}).encode(), 413, "body-too-large"),
]


@pytest.mark.parametrize(("body", "status", "code"), RAW, ids=range(len(RAW)))
async def test_bytes_that_are_no_command_are_refused(
    http: httpx.AsyncClient, office: Any, unchanged: Any, problem: Any, body: bytes, status: int, code: str
) -> None:
    before = await unchanged()
    headers = office.headers | {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
    answer = await http.post("/v1/births", content=body, headers=headers)
    assert problem(answer) == (status, code)
    other = await http.post("/v1/births", content=body, headers=headers | {"Content-Type": "text/xml"})
    assert other.status_code in (413, 415, 422)
    assert await unchanged() == before


async def test_a_reused_key_with_another_body_is_refused_and_a_repeat_does_nothing_twice(
    birth: Any, office: Any, unchanged: Any, problem: Any
) -> None:
    key = uuid.uuid4().hex
    first = await office.post("/v1/births", birth, key=key)
    assert first.status_code == 201
    before = await unchanged()
    again = await office.post("/v1/births", birth, key=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert problem(await office.post("/v1/births", birth | {"name": "陈二"}, key=key)) == (
        409,
        "idempotency-key-reused",
    )
    assert problem(await office.post("/v1/births", birth, key="short")) == (422, "invalid-request")
    assert await unchanged() == before


async def test_a_change_names_the_version_that_it_changes(town: Any, office: Any, problem: Any) -> None:
    _, person = await town.household()
    path = f"/v1/persons/{person['person']}/variations"
    body = {"name": "新名", "reason": "申请"}
    assert problem(await office.post(path, body)) == (428, "precondition-required")
    assert problem(await office.post(path, body, version=person["version"] + 1)) == (412, "version-conflict")
    headers = office.headers | {"Idempotency-Key": uuid.uuid4().hex, "If-Match": "*"}
    assert problem(await office.http.post(path, json=body, headers=headers)) == (412, "version-conflict")
    assert (await town.person(person["person"]))["entries"]["name"] == person["entries"]["name"]


@pytest.fixture(scope="session")
def tokens(app: Any) -> dict[str, str]:
    """Tokens that must not pass, by what is wrong with them."""
    issuer = app.state.issuer
    moment = int(time.time())
    good = {
        "iss": issuer.url,
        "sub": "demo.population-office",
        "aud": ["identity"],
        "iat": moment,
        "exp": moment + 600,
        "jti": "jti-1234",
        "client_id": "demo.population-office",
        "kind": "agency",
        "sector": "identity",
        "authority": "demo.population-office",
    }
    own = ECKey.import_key(issuer._keys().signing)
    header = {"alg": "ES256", "typ": "at+jwt", "kid": own.kid}
    stranger = ECKey.generate_key("P-256")

    def signed(key: Any = own, head: dict[str, Any] = header, **claims: Any) -> str:
        content = {name: value for name, value in (good | claims).items() if value is not None}
        return jwt.encode(head, content, key, algorithms=["ES256"])

    parts = signed().split(".")
    return {
        "expired": signed(exp=moment - 60),
        "for another audience": signed(aud=["housing"]),
        "from another issuer": signed(iss="http://elsewhere.test"),
        "wrongly signed": signed(key=stranger),
        "an identity token": signed(head=header | {"typ": "JWT"}),
        "without kind": signed(kind=None),
        "alg none": f"eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.{parts[1]}.",
        "cut": signed()[:-10],
        "empty": "",
        "rubbish": "a.b.c",
    }


async def test_tokens_that_are_not_good_open_nothing(
    http: httpx.AsyncClient, tokens: dict[str, str], birth: Any, unchanged: Any, problem: Any
) -> None:
    before = await unchanged()
    for wrong, token in tokens.items():
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
        answer = await http.post("/v1/births", json=birth, headers=headers)
        assert problem(answer) == (401, "unauthenticated"), wrong
    assert problem(await http.post("/v1/births", json=birth)) == (401, "unauthenticated")
    assert await unchanged() == before


async def test_other_callers_may_not_work_at_the_office(birth: Any, caller: Any, problem: Any) -> None:
    for other in (
        caller("agency", "demo.title-registry", "housing"),
        caller("agency", "other.population-office", "identity"),
        caller("citizen", "onewindow-cli", "identity", birth["mother"]),
        caller("service", "housing", "housing"),
        caller("operator", "operator"),
    ):
        assert problem(await other.post("/v1/births", birth)) == (403, "forbidden")


async def test_a_citizen_acts_for_nobody_else(town: Any, caller: Any, office: Any, problem: Any) -> None:
    _, one = await town.household()
    _, two = await town.household()
    await office.done(f"/v1/persons/{two['person']}/cards", {"reason": "first"})
    me = caller("citizen", "onewindow-cli", "identity", one["person"])
    assert problem(await me.post("/v1/card-losses", {"person": two["person"]})) == (404, "person-not-found")
    move = await caller("citizen", "onewindow-cli", "identity", two["person"]).done(
        "/v1/move-requests", {"to_division": "330105", "reason": "work"}
    )
    assert problem(await me.post(f"/v1/moves/{move['urn']}/withdrawal", {})) == (404, "not-found")
    wrong_sector = caller("citizen", "onewindow-cli", "gateway", "gateway.1." + "a" * 22)
    assert problem(await wrong_sector.post("/v1/card-losses", {})) == (404, "not-found")


async def test_two_commands_at_once_leave_one_register(town: Any, office: Any) -> None:
    """A race for the same person: one wins, the others are told, and the person is in one register."""
    targets = [(await town.household())[0] for _ in range(4)]
    person = await town.stranger("周赛", "1", date(1991, 1, 1))
    path = f"/v1/persons/{person['person']}/registrations"

    async def enter(household: Any) -> int:
        body = {"household": household["urn"], "relationship": "99", "reason": "入户"}
        return (await office.post(path, body, version=person["version"])).status_code

    statuses = await asyncio.gather(*map(enter, targets))
    assert sorted(statuses) == [200, 412, 412, 412]
    held = (await town.person(person["person"]))["registration"]["body"]["household"]
    members = [(await town.read(t))["members"] for t in targets]
    inside = [t["urn"] for t, m in zip(targets, members, strict=True) if person["person"] in {x["person"] for x in m}]
    assert inside == [held]


async def test_births_at_once_get_different_numbers(birth: Any, office: Any, current_number: Any) -> None:
    born = await asyncio.gather(*(office.done("/v1/births", birth | {"name": f"胞{n}"}) for n in range(5)))
    assert len({current_number(child) for child in born}) == 5
