"""One transaction a request: what is answered is committed, what is refused left nothing."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter, Response
from onewindow_kit import aliases, db, sealing
from onewindow_kit.app import create_app
from onewindow_kit.edge import ContractRoute, Database, IdempotencyKey, IfMatch, Session, etag
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.problems import Conflict, RuleNotInForce
from onewindow_kit.records import Record, Records, new_urn
from onewindow_kit.settings import Settings
from onewindow_kit.testing import TokenIssuer, fresh_database, serve
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

TOPIC = "toys.toy.v1"
AUTHORITY = "demo.toy-office"


class TooEarly(LookupError):
    """What a library raises that a service knows a problem for."""


class Toy(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field(max_length=20, pattern=r"^[^\x00-\x1f]+$")
    fails: bool = False


def contract() -> dict:
    key = {"name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string"}}
    body = {"content": {"application/json": {"schema": {}}}}
    return {
        "info": {"title": "Toys", "version": "1"},
        "paths": {
            "/v1/toys": {
                "post": {
                    "operationId": "makeToy",
                    "x-access": ["agency:toy-office"],
                    "parameters": [{"$ref": "#/components/parameters/Key"}],
                    "requestBody": body,
                }
            },
            "/v1/toys/{urn}": {
                "put": {
                    "operationId": "changeToy",
                    "x-access": ["agency"],
                    "parameters": [key],
                    "requestBody": body,
                }
            },
            "/v1/hello": {"get": {"operationId": "hello", "x-access": ["public"]}},
            "/v1/boom": {"get": {"operationId": "boom", "x-access": ["public"]}},
            "/v1/mine": {"get": {"operationId": "mine", "x-access": ["citizen"]}},
        },
        "components": {"parameters": {"Key": key}},
    }


def router(records: Records) -> APIRouter:
    router = APIRouter(route_class=ContractRoute)

    def toy(urn: str, version: int, body: Toy) -> Record:
        data = json.dumps({"urn": urn, "version": version, "body": body.model_dump()}).encode()
        return Record(TOPIC, urn, version, "created", AUTHORITY, data, datetime.now(UTC))

    @router.post("/v1/toys", operation_id="makeToy", status_code=201)
    async def make_toy(body: Toy, session: Session, _key: IdempotencyKey, response: Response) -> dict:
        urn = new_urn(AUTHORITY, "toy")
        await records.publish(session, toy(urn, 1, body))
        if body.fails:
            raise Conflict("after the write")
        if body.name == "too early":
            raise TooEarly("The first value of toys.size holds from 2020-01-01 on.")
        response.headers["ETag"] = etag(1)
        return {"urn": urn}

    @router.put("/v1/toys/{urn}", operation_id="changeToy")
    async def change_toy(urn: str, body: Toy, session: Session, version: IfMatch, _key: IdempotencyKey) -> dict:
        await records.publish(session, toy(urn, version + 1, body))
        return {"urn": urn}

    @router.get("/v1/hello", operation_id="hello")
    async def hello() -> dict:
        return {"hello": "you"}

    @router.get("/v1/mine", operation_id="mine")
    async def mine() -> dict:
        return {"toys": 1}

    @router.get("/v1/boom", operation_id="boom")
    async def boom() -> dict:
        raise RuntimeError("number 110101199001011237 in an error's text")

    return router


@pytest.fixture
async def toys(tmp_path: Path):
    topic = {"topic": TOPIC, "kind": "record", "department": "toys", "producers": ["toys"], "consumers": []}
    paths = provision(tmp_path / "keys", [topic], [], ["toys"])
    keyring = Keyring.load(paths["toys"])
    issuer = TokenIssuer()
    async with fresh_database("toys") as url:
        engine = db.create_engine(url)
        async with engine.begin() as connection:
            await connection.run_sync(db.metadata.create_all)
        sessions, woken = db.session_factory(engine), []
        app = create_app(
            Settings(body_limit=100_000),
            contract=contract(),
            routers=[router(Records(keyring, "demo"))],
            verifier=issuer.verifier("toys"),
            database=Database(sessions, sealing.Sealer(keyring), lambda: woken.append(1)),
            refusals={TooEarly: RuleNotInForce},
        )
        async with serve(app) as base, httpx.AsyncClient(base_url=base) as client:
            client.headers["Authorization"] = f"Bearer {issuer.agency('toy-office', 'toys', sector='toys')}"

            async def counts() -> tuple[int, int]:
                async with sessions() as session:
                    tables = (db.record, db.outbox)
                    found = [(await session.execute(select(func.count()).select_from(t))).scalar_one() for t in tables]
                return found[0], found[1]

            client.counts, client.issuer, client.woken = counts, issuer, woken  # type: ignore[attr-defined]  # test rig
            client.sessions = sessions  # type: ignore[attr-defined]  # test rig
            yield client
        await engine.dispose()


async def test_a_command_commits_record_and_outbox_together_and_wakes_the_relay(toys):
    made = await toys.post("/v1/toys", json={"name": "ball"}, headers={"Idempotency-Key": "key-00001"})
    assert made.status_code == 201
    assert made.headers["Onewindow-Version"] == f"{made.json()['urn']}@1"
    assert await toys.counts() == (1, 1)
    assert toys.woken


async def test_a_refused_command_leaves_nothing(toys):
    refused = await toys.post("/v1/toys", json={"name": "x", "fails": True}, headers={"Idempotency-Key": "key-00001"})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert await toys.counts() == (0, 0)
    again = await toys.post("/v1/toys", json={"name": "x"}, headers={"Idempotency-Key": "key-00001"})
    assert again.status_code == 201, "a refusal does not use up the key"


async def test_a_librarys_refusal_is_the_problem_that_the_service_knows_for_it(toys):
    refused = await toys.post("/v1/toys", json={"name": "too early"}, headers={"Idempotency-Key": "key-00001"})
    assert (refused.status_code, refused.json()["code"]) == (409, "rule-not-in-force")
    assert refused.json()["detail"] == "The first value of toys.size holds from 2020-01-01 on."
    assert await toys.counts() == (0, 0)


async def test_a_repeat_gets_the_first_answer_and_does_nothing(toys):
    async def send() -> httpx.Response:
        return await toys.post("/v1/toys", json={"name": "ball"}, headers={"Idempotency-Key": "key-00001"})

    answers = [*await asyncio.gather(*(send() for _ in range(8))), await send()]
    assert {a.status_code for a in answers} == {201}
    assert len({a.text for a in answers}) == 1
    assert {a.headers["ETag"] for a in answers} == {'"1"'}
    assert await toys.counts() == (1, 1)


async def test_a_key_with_another_body_is_refused(toys):
    await toys.post("/v1/toys", json={"name": "ball"}, headers={"Idempotency-Key": "key-00001"})
    other = await toys.post("/v1/toys", json={"name": "doll"}, headers={"Idempotency-Key": "key-00001"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-key-reused")
    assert await toys.counts() == (1, 1)


async def test_a_repeated_change_replays_although_the_version_moved_on(toys):
    made = await toys.post("/v1/toys", json={"name": "ball"}, headers={"Idempotency-Key": "key-00001"})
    path, headers = f"/v1/toys/{made.json()['urn']}", {"Idempotency-Key": "key-00002", "If-Match": '"1"'}
    first = await toys.put(path, json={"name": "red ball"}, headers=headers)
    second = await toys.put(path, json={"name": "red ball"}, headers=headers)
    assert first.status_code == second.status_code == 200
    assert second.headers["Idempotent-Replayed"] == "true"
    stale = await toys.put(path, json={"name": "red ball"}, headers=headers | {"Idempotency-Key": "key-00003"})
    assert (stale.status_code, stale.json()["code"]) == (412, "version-conflict")
    unsaid = await toys.put(path, json={"name": "red ball"}, headers={"Idempotency-Key": "key-00004"})
    assert (unsaid.status_code, unsaid.json()["code"]) == (428, "precondition-required")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"name": "a"', 400, "malformed-request"),
        (b'{"name": "\xff"}', 400, "malformed-request"),
        (b'{"name": "\\ud800"}', 400, "malformed-request"),
        (b'{"name": ' + b"[" * 100 + b"]" * 100 + b"}", 400, "malformed-request"),
        (b"[" * 50_000 + b"]" * 49_000, 400, "malformed-request"),
        (b'{"name": "' + b"a" * 200_000 + b'"}', 413, "body-too-large"),
        (b'{"name": "' + b"a" * 21 + b'"}', 422, "invalid-request"),
        (b'{"name": "a\\u0000b"}', 422, "invalid-request"),
        (b'{"name": 3}', 422, "invalid-request"),
        (b'{"name": "a", "other": 1}', 422, "invalid-request"),
        (b"[]", 422, "invalid-request"),
        (b"", 422, "invalid-request"),
    ],
)
async def test_rubbish_is_refused_and_changes_nothing(toys, body, status, code):
    headers = {"Idempotency-Key": "key-00001", "Content-Type": "application/json"}
    refused = await toys.post("/v1/toys", content=body, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.headers["content-type"] == "application/problem+json"
    assert await toys.counts() == (0, 0)


async def test_a_key_that_may_be_personal_is_not_echoed(toys):
    body = {"name": "a", "110101199003074514": 1, "name\x00": 2, "other": 3}
    refused = await toys.post("/v1/toys", json=body, headers={"Idempotency-Key": "key-00001"})
    assert {each["path"] for each in refused.json()["errors"]} == {"/body/*", "/body/other"}


async def test_an_oversized_stream_is_refused_while_it_comes(toys):
    async def chunks():
        for _ in range(300):
            yield b"a" * 1000

    headers = {"Idempotency-Key": "key-00001", "Content-Type": "application/json"}
    refused = await toys.post("/v1/toys", content=chunks(), headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (413, "body-too-large")


async def test_a_reason_says_what_the_place_must_be(toys):
    long = await toys.post("/v1/toys", json={"name": "a" * 21}, headers={"Idempotency-Key": "key-00001"})
    assert long.json()["errors"] == [{"path": "/body/name", "reason": "string_too_long: 20"}]


async def test_headers_are_held_to_the_contract(toys):
    assert (await toys.post("/v1/toys", json={"name": "a"})).json()["code"] == "invalid-request"
    short = await toys.post("/v1/toys", json={"name": "a"}, headers={"Idempotency-Key": "k"})
    assert short.json()["errors"] == [{"path": "/header/Idempotency-Key", "reason": "string_pattern_mismatch"}]
    text = await toys.post("/v1/toys", content="a", headers={"Idempotency-Key": "k" * 9, "Content-Type": "text/plain"})
    assert (text.status_code, text.json()["code"]) == (415, "unsupported-media-type")
    wrong = await toys.delete("/v1/toys")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "POST")
    assert (await toys.get("/nowhere")).json()["code"] == "not-found"


async def test_access_comes_before_everything_else(toys):
    anonymous = await toys.post("/v1/toys", content=b"rubbish", headers={"Authorization": ""})
    assert (anonymous.status_code, anonymous.headers["WWW-Authenticate"]) == (401, "Bearer")
    citizen = toys.issuer.citizen("toys.1.abc", "toys")
    other = await toys.post("/v1/toys", content=b"x", headers={"Authorization": f"Bearer {citizen}"})
    assert (other.status_code, other.json()["code"]) == (403, "forbidden")
    assert (await toys.get("/v1/hello", headers={"Authorization": ""})).status_code == 200


async def test_a_failure_says_nothing_but_its_correlation_id(toys, caplog):
    correlation = "3f0e8a7e-0000-4000-8000-000000000001"
    failed = await toys.get("/v1/boom", headers={"Correlation-Id": correlation})
    assert failed.status_code == 500
    assert failed.json()["instance"] == f"urn:uuid:{correlation}"
    assert "110101" not in failed.text
    assert failed.headers["Correlation-Id"] == correlation


def test_a_route_that_the_contract_does_not_govern_cannot_start():
    stray = APIRouter(route_class=ContractRoute)
    stray.add_api_route("/v1/stray", lambda: None, operation_id="stray")
    with pytest.raises(ValueError, match="stray"):
        create_app(Settings(), contract=contract(), routers=[stray], verifier=TokenIssuer().verifier("toys"))
    loose = contract()
    del loose["paths"]["/v1/hello"]["get"]["x-access"]
    with pytest.raises(ValueError, match="/v1/hello"):
        create_app(Settings(), contract=loose, routers=[], verifier=TokenIssuer().verifier("toys"))


class StartingUp(Exception):
    """What a database says of itself while it comes back."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize("sqlstate", ["57P01", "57P02", "57P03", "53100", "53300", "08006", "40P01"])
async def test_a_database_that_is_coming_back_is_unavailable_and_no_fault_of_ours(toys, monkeypatch, sqlstate):
    async def away(*_):
        raise DBAPIError("insert", None, StartingUp(sqlstate))

    monkeypatch.setattr(Records, "publish", away)
    answer = await toys.post("/v1/toys", json={"name": "ball"}, headers={"Idempotency-Key": "key-00099"})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"]


@pytest.mark.rule("domain-7")
async def test_a_token_under_a_name_from_before_a_merge_or_a_split_is_good_no_more(toys):
    async def seen(name: str) -> int:
        headers = {"Authorization": f"Bearer {toys.issuer.citizen(name, 'toys')}"}
        return (await toys.get("/v1/mine", headers=headers)).status_code

    losing, into, other, stays, leaves = (f"toys.1.{name * 22}" for name in "abcde")
    assert {await seen(name) for name in (losing, into, other)} == {200}
    async with toys.sessions() as session, session.begin():
        await aliases.merged(session, losing, into, [], [])
        await aliases.split(session, other, stays, leaves, [], [])
    told = {name: await seen(name) for name in (losing, into, other, stays, leaves)}
    assert told == {losing: 401, into: 200, other: 401, stays: 200, leaves: 200}
